<?php
/** REST routes of set-up, for the settings page: administrators only, with WordPress' own nonce. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

function register_setup_routes(): void {
	$may = static fn(): bool => current_user_can( 'manage_options' );
	register_rest_route(
		REST_NAMESPACE . '/v1/admin',
		'/agents',
		array(
			array(
				'methods'             => 'GET',
				'permission_callback' => $may,
				'callback'            => static fn() => setup_answer( static fn(): array => agents() ),
			),
			array(
				'methods'             => 'POST',
				'permission_callback' => $may,
				'args'                => array(
					'name'    => array(
						'type'              => 'string',
						'default'           => '',
						'sanitize_callback' => 'sanitize_text_field',
					),
					'sitemap' => array(
						'type'              => 'string',
						'default'           => '',
						'sanitize_callback' => 'sanitize_url',
					),
				),
				'callback'            => static fn( \WP_REST_Request $request ) => setup_answer(
					static fn(): array => array( 'id' => create_agent_from_sitemap( (string) $request['name'], (string) $request['sitemap'] ) )
				),
			),
		)
	);
	register_rest_route(
		REST_NAMESPACE . '/v1/admin',
		'/key',
		array(
			'methods'             => 'GET',
			'permission_callback' => $may,
			'callback'            => static fn(): array => array(
				'source' => key_source(),
				'masked' => masked_key(),
			),
		)
	);
}

/** @return array|\WP_Error */
function setup_answer( callable $work ) {
	try {
		return $work();
	} catch ( Refused $refused ) {
		return new \WP_Error( 'customgpt_' . $refused->problem, $refused->body()['message'], array( 'status' => $refused->status() ) );
	}
}
