<?php
/**
 * Site Health: whether the chat's files are there, whether it is set up, and whether the proxy answers.
 */

namespace CustomGptWidget\Health;

use CustomGptWidget\Settings_Page;
use function CustomGptWidget\is_connected;
use function CustomGptWidget\settings;
use function CustomGptWidget\widget_config;
use const CustomGptWidget\FILE;
use const CustomGptWidget\VERSION;

defined( 'ABSPATH' ) || exit;

function start(): void {
	add_filter( 'site_status_tests', __NAMESPACE__ . '\add_tests' );
	add_filter( 'debug_information', __NAMESPACE__ . '\add_information' );
}

function add_tests( array $tests ): array {
	$tests['direct']['customgpt_widget_files'] = array(
		'label' => __( 'Files of the chat', 'chat-widget-for-customgpt' ),
		'test'  => __NAMESPACE__ . '\test_files',
	);
	if ( 'proxy' === settings()['connection'] ) {
		$tests['direct']['customgpt_widget_proxy'] = array(
			'label' => __( 'Proxy of the chat', 'chat-widget-for-customgpt' ),
			'test'  => __NAMESPACE__ . '\test_proxy',
		);
	}
	return $tests;
}

function result( string $test, string $status, string $label, string $description ): array {
	$action = sprintf( '<a href="%s">%s</a>', esc_url( Settings_Page\url() ), esc_html__( 'Settings of the chat', 'chat-widget-for-customgpt' ) );
	return array(
		'test'        => "customgpt_widget_$test",
		'status'      => $status,
		'label'       => $label,
		'description' => '<p>' . esc_html( $description ) . '</p>',
		'actions'     => 'good' === $status ? '' : $action,
		'badge'       => array(
			'label' => __( 'Chat', 'chat-widget-for-customgpt' ),
			'color' => 'blue',
		),
	);
}

function test_files(): array {
	$path  = plugin_dir_path( FILE ) . 'widget/';
	$files = glob( $path . 'assets/*.js' );
	if ( is_readable( $path . 'widget.js' ) && $files && array_filter( $files, 'is_readable' ) === $files ) {
		return result( 'files', 'good', __( 'The files of the chat are there', 'chat-widget-for-customgpt' ), __( 'Visitors load the chat from this site.', 'chat-widget-for-customgpt' ) );
	}
	return result( 'files', 'critical', __( 'Files of the chat are missing', 'chat-widget-for-customgpt' ), __( 'Install the plugin again: some of its files cannot be read.', 'chat-widget-for-customgpt' ) );
}

function test_proxy(): array {
	if ( ! is_connected() ) {
		return result( 'proxy', 'recommended', __( 'The chat is not set up yet', 'chat-widget-for-customgpt' ), __( 'Enter the address of your proxy. Until then the chat is on no page.', 'chat-widget-for-customgpt' ) );
	}
	$config = widget_config();
	if ( is_ssl() && 0 !== strpos( $config['proxy'], 'https://' ) ) {
		return result( 'proxy', 'critical', __( 'The proxy of the chat has no https', 'chat-widget-for-customgpt' ), __( 'Browsers refuse requests from a page with https to an address without it.', 'chat-widget-for-customgpt' ) );
	}
	$address = untrailingslashit( $config['proxy'] ) . '/v1/agents/' . rawurlencode( $config['agent'] ?? 'default' );
	$origin  = array( 'Origin' => untrailingslashit( site_origin() ) );
	$answer  = wp_remote_get(
		$address,
		array(
			'timeout'     => 4,
			'redirection' => 0,
			'headers'     => $origin,
		)
	);
	$status  = (int) wp_remote_retrieve_response_code( $answer );
	if ( 200 === $status ) {
		return result( 'proxy', 'good', __( 'The proxy of the chat answers', 'chat-widget-for-customgpt' ), __( 'It knows the agent and takes questions from this site.', 'chat-widget-for-customgpt' ) );
	}
	if ( 403 === $status ) {
		return result( 'proxy', 'critical', __( 'The proxy of the chat refuses this site', 'chat-widget-for-customgpt' ), __( 'Add the address of this site to the proxy’s setting ALLOWED_ORIGINS.', 'chat-widget-for-customgpt' ) );
	}
	/* translators: %s: an HTTP status such as 404, or 0 without an answer */
	$said = sprintf( __( 'Its answer was %s; 0 stands for none. The test in the settings says more.', 'chat-widget-for-customgpt' ), (string) $status );
	return result( 'proxy', 'critical', __( 'The proxy of the chat does not answer as it should', 'chat-widget-for-customgpt' ), $said );
}

/** What browsers call the origin of this site's pages. */
function site_origin(): string {
	$parts = wp_parse_url( home_url() );
	return ( $parts['scheme'] ?? 'https' ) . '://' . ( $parts['host'] ?? '' ) . ( isset( $parts['port'] ) ? ":{$parts['port']}" : '' );
}

function add_information( array $information ): array {
	$settings                        = settings();
	$information['customgpt-widget'] = array(
		'label'  => __( 'Chat Widget for CustomGPT', 'chat-widget-for-customgpt' ),
		'fields' => array(
			'version'    => array(
				'label' => __( 'Version', 'chat-widget-for-customgpt' ),
				'value' => VERSION,
			),
			'connection' => array(
				'label' => __( 'Connection', 'chat-widget-for-customgpt' ),
				'value' => $settings['connection'],
			),
			'where'      => array(
				'label' => __( 'Where to show the chat', 'chat-widget-for-customgpt' ),
				'value' => $settings['show']['where'],
			),
		),
	);
	return $information;
}
