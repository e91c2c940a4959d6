<?php
/** REST routes of set-up, for the settings page: administrators only, with WordPress' own nonce. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

function register_setup_routes(): void {
	$text = static fn( string $clean ): array => array(
		'type'              => 'string',
		'default'           => '',
		'sanitize_callback' => $clean,
	);
	$create = static fn( \WP_REST_Request $request ): array => array( 'id' => create_agent_from_sitemap( (string) $request['name'], (string) $request['sitemap'] ) );
	$args   = array(
		'name'    => $text( 'sanitize_text_field' ),
		'sitemap' => $text( 'sanitize_url' ),
	);
	setup_route( '/agents', array( setup_handler( 'GET', static fn(): array => agents() ), setup_handler( 'POST', $create, $args ) ) );
	setup_route( '/agents/(?P<id>\d{1,12})', array( setup_handler( 'GET', static fn( \WP_REST_Request $request ): array => agent_state( (int) $request['id'] ) ) ) );
	setup_route( '/plan', array( setup_handler( 'GET', static fn(): array => plan() ) ) );
}

function setup_route( string $path, array $handlers ): void {
	register_rest_route( REST_NAMESPACE . '/v1/admin', $path, $handlers );
}

/** Signed in without the nonce, a browser is nobody to WordPress' REST API. */
function setup_handler( string $method, callable $work, array $args = array() ): array {
	return array(
		'methods'             => $method,
		'args'                => $args,
		'permission_callback' => static fn(): bool => current_user_can( 'manage_options' ),
		'callback'            => static function ( \WP_REST_Request $request ) use ( $work ) {
			try {
				return $work( $request );
			} catch ( Refused $refused ) {
				return new \WP_Error( 'customgpt_' . $refused->problem, words_for_owner( $refused ), array( 'status' => 502 ) );
			}
		},
	);
}
