<?php
/** Relay mode: the plugin speaks the proxy's wire protocol itself, for owners with no Node host. */

namespace CustomGptWidget\Relay;

use const CustomGptWidget\FILE;

defined( 'ABSPATH' ) || exit;

foreach ( glob( __DIR__ . '/*/*.php' ) as $customgpt_widget_file ) {
	require_once $customgpt_widget_file;
}
unset( $customgpt_widget_file );

/** Offers the relay in the settings, and serves it where the owner has chosen it. */
function start(): void {
	offer();
	add_action( SWEEP_EVENT, __NAMESPACE__ . '\sweep_by_schedule' );
	register_deactivation_hook( FILE, __NAMESPACE__ . '\end_sweeping' );
	if ( ! is_chosen() ) {
		return;
	}
	offer_connector();
	add_action( 'init', __NAMESPACE__ . '\begin_sweeping' );
	add_filter( 'customgpt_widget_config', __NAMESPACE__ . '\add_address' );
	add_filter( 'site_status_tests', __NAMESPACE__ . '\add_health_test' );
	add_filter( 'rest_authentication_errors', __NAMESPACE__ . '\allow_visitors', 1 );
	add_filter( 'rest_pre_dispatch', __NAMESPACE__ . '\pre_dispatch', 5, 3 );
	add_filter( 'rest_pre_serve_request', __NAMESPACE__ . '\serve', 1, 3 );
}

/** Read without the plugin's defaults: their words cannot be translated as early as this. */
function is_chosen(): bool {
	$stored = get_option( \CustomGptWidget\OPTION );
	return is_array( $stored ) && 'relay' === ( $stored['connection'] ?? '' );
}
