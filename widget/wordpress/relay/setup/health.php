<?php
/** Site Health: whether the relay has what it needs, reaches CustomGPT.ai, and can be reached by visitors. */

namespace CustomGptWidget\Relay;

use CustomGptWidget\Health;

defined( 'ABSPATH' ) || exit;

function add_health_test( array $tests ): array {
	$tests['direct']['customgpt_widget_relay'] = array(
		'label' => __( 'Connection of the chat', 'chat-widget-for-customgpt' ),
		'test'  => __NAMESPACE__ . '\test_relay',
	);
	return $tests;
}

function test_relay(): array {
	if ( ! is_ready() ) {
		return Health\result( 'relay', 'recommended', __( 'The chat is not set up yet', 'chat-widget-for-customgpt' ), __( 'Enter the key and choose an agent. Until then the chat is on no page.', 'chat-widget-for-customgpt' ) );
	}
	try {
		data_of( call_service( 'GET', project_path( (int) project_of( 'default' ) ), null, 'project', false, 5.0 ) );
	} catch ( Refused $refused ) {
		return Health\result( 'relay', 'critical', __( 'The chat gets no answers from CustomGPT.ai', 'chat-widget-for-customgpt' ), words_for_owner( $refused ) );
	}
	$answer = wp_remote_get(
		relay_url() . '/healthz',
		array(
			'timeout'     => 4,
			'redirection' => 0,
		)
	);
	if ( 200 !== (int) wp_remote_retrieve_response_code( $answer ) ) {
		return Health\result( 'relay', 'critical', __( 'Visitors cannot reach the chat', 'chat-widget-for-customgpt' ), __( 'This site’s REST API does not answer at the address that the chat uses. A plugin for security, or the server, may keep visitors from it: let them reach the paths below customgpt-widget.', 'chat-widget-for-customgpt' ) );
	}
	if ( ! function_exists( 'curl_init' ) ) {
		return Health\result( 'relay', 'recommended', __( 'Answers of the chat come at once instead of word by word', 'chat-widget-for-customgpt' ), __( 'PHP’s extension curl is missing here, without which answers cannot be passed on as they are written.', 'chat-widget-for-customgpt' ) );
	}
	return Health\result( 'relay', 'good', __( 'The chat reaches CustomGPT.ai', 'chat-widget-for-customgpt' ), __( 'The key and the agent are right, and visitors reach the chat.', 'chat-widget-for-customgpt' ) );
}
