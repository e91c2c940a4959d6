<?php
/** Relay mode: the plugin speaks the proxy's wire protocol itself, for owners with no Node host. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

foreach ( array( 'config', 'crypto', 'http', 'store', 'upstream', 'answering', 'routes', 'setup' ) as $folder ) {
	foreach ( (array) glob( __DIR__ . "/$folder/*.php" ) as $file ) {
		require_once $file;
	}
}

/** Serves the relay where the owner has chosen it. */
function start(): void {
	add_action( 'rest_api_init', __NAMESPACE__ . '\register_setup_routes' );
	if ( ! is_chosen() ) {
		return;
	}
	add_filter( 'rest_authentication_errors', __NAMESPACE__ . '\allow_visitors', 1 );
	add_filter( 'rest_pre_dispatch', __NAMESPACE__ . '\pre_dispatch', 5, 3 );
	add_filter( 'rest_pre_serve_request', __NAMESPACE__ . '\serve', 1, 3 );
}

/** Read without the plugin's defaults: their words cannot be translated as early as this. */
function is_chosen(): bool {
	$stored = get_option( \CustomGptWidget\OPTION );
	return is_array( $stored ) && 'relay' === ( $stored['connection'] ?? '' );
}
