<?php
/**
 * Removes all that the plugin stored, on every site of a network.
 */

namespace CustomGptWidget;

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;
defined( 'ABSPATH' ) || exit;

require_once __DIR__ . '/relay/relay.php';

function remove_from_site(): void {
	Relay\drop_tables();
	$settings = get_option( 'customgpt_widget' );
	if ( is_array( $settings ) && ! empty( $settings['site']['keep'] ) ) {
		return;
	}
	delete_option( 'customgpt_widget' );
	delete_post_meta_by_key( '_customgpt_widget' );
	Relay\delete_settings();
}

function remove_from_network(): void {
	$offset = 0;
	do {
		$sites = get_sites(
			array(
				'fields' => 'ids',
				'number' => 100,
				'offset' => $offset,
			)
		);
		foreach ( $sites as $site ) {
			switch_to_blog( $site );
			remove_from_site();
			restore_current_blog();
		}
		$offset += 100;
	} while ( count( $sites ) === 100 );
}

if ( is_multisite() ) {
	remove_from_network();
} else {
	remove_from_site();
}
