<?php
/** The relay's place in the plugin: the setting of the key, the address that pages are given, the settings page's script. */

namespace CustomGptWidget\Relay;

use const CustomGptWidget\FILE;
use const CustomGptWidget\Settings_Page\SLUG;
use const CustomGptWidget\VERSION;

defined( 'ABSPATH' ) || exit;

/** Part of the settings whether the relay is chosen or not: it is chosen there. */
function offer(): void {
	add_filter( 'customgpt_widget_connections', __NAMESPACE__ . '\add_connection' );
	add_filter( 'customgpt_widget_fields', __NAMESPACE__ . '\add_fields' );
	add_action( 'customgpt_widget_connection_fields', __NAMESPACE__ . '\add_key_field' );
	add_action( 'init', __NAMESPACE__ . '\register_key' );
	add_action( 'add_option_' . KEY_OPTION, __NAMESPACE__ . '\keep_key_apart' );
	add_action( 'update_option_' . KEY_OPTION, 'CustomGptWidget\Optimisers\purge_caches' );
	add_action( 'admin_enqueue_scripts', __NAMESPACE__ . '\enqueue' );
	add_action( 'rest_api_init', __NAMESPACE__ . '\register_setup_routes' );
}

/** Saved with the form of the settings, so with its nonce and for administrators only; in no answer of the REST API. */
function register_key(): void {
	register_setting(
		SLUG,
		KEY_OPTION,
		array(
			'type'              => 'object',
			'sanitize_callback' => __NAMESPACE__ . '\read_key',
			'show_in_rest'      => false,
			'default'           => array(),
		)
	);
}

/** The key is not loaded with every page. */
function keep_key_apart(): void {
	wp_set_option_autoload( KEY_OPTION, false );
}

/**
 * What the page's proxy is: this site, once it has a key and an agent.
 *
 * @param array<string, string> $config
 */
function add_address( array $config ): array {
	unset( $config['proxy'], $config['agent'] );
	return is_ready() ? array_merge( $config, array( 'proxy' => relay_url() ) ) : $config;
}

function is_ready(): bool {
	return null !== project_of( 'default' ) && '' !== api_key();
}

function enqueue( string $page ): void {
	if ( 'settings_page_' . SLUG !== $page ) {
		return;
	}
	$handle = 'customgpt-widget-agents';
	wp_enqueue_script( $handle, plugins_url( 'assets/agents.js', FILE ), array( 'wp-api-fetch', 'wp-i18n' ), VERSION, true );
	wp_set_script_translations( $handle, 'chat-widget-for-customgpt', plugin_dir_path( FILE ) . 'languages' );
}
