<?php
/** The key on WordPress' own screen of connectors (7.0 and newer): the same key, kept in one place. */

namespace CustomGptWidget\Relay;

use const CustomGptWidget\FILE;

defined( 'ABSPATH' ) || exit;

const CONNECTOR = 'customgpt';

/** WordPress reads and writes a connector's key as an option of this name; here nothing is ever stored under it. */
const CONNECTOR_OPTION = 'connectors_customgpt_api_key';

function offer_connector(): void {
	add_action( 'wp_connectors_init', __NAMESPACE__ . '\register_connector' );
	add_filter( 'pre_option_' . CONNECTOR_OPTION, __NAMESPACE__ . '\show_to_connectors' );
	add_filter( 'pre_update_option_' . CONNECTOR_OPTION, __NAMESPACE__ . '\take_from_connectors', 10, 2 );
}

/**
 * WordPress looks into the environment and at the constant itself, and then says that the key is set there.
 *
 * @param \WP_Connector_Registry $registry
 */
function register_connector( $registry ): void {
	$registry->register(
		CONNECTOR,
		array(
			'name'           => 'CustomGPT.ai',
			'description'    => __( 'Answers your visitors’ questions from your own content.', 'chat-widget-for-customgpt' ),
			'type'           => 'chat',
			'authentication' => array(
				'method'          => 'api_key',
				'credentials_url' => 'https://app.customgpt.ai/',
				'setting_name'    => CONNECTOR_OPTION,
				'constant_name'   => KEY_NAME,
				'env_var_name'    => KEY_NAME,
			),
			'plugin'         => array( 'file' => plugin_basename( FILE ) ),
		)
	);
}

/**
 * The masked key: WordPress asks for it to say that there is one, and masks it only in some of its answers.
 *
 * @return string Empty when none is stored, so that WordPress looks no further for it.
 */
function show_to_connectors(): string {
	$key = stored_key();
	if ( '' === $key ) {
		return '';
	}
	return str_repeat( "\u{2022}", 12 ) . ( strlen( $key ) < 12 ? '' : substr( $key, -4 ) );
}

/**
 * Keeps a key where the settings page keeps it, by its rules; an empty one removes it, the masked one leaves it.
 *
 * @param mixed $given
 * @param mixed $shown
 * @return mixed What WordPress believes to be stored already, so that it stores nothing itself.
 */
function take_from_connectors( $given, $shown ) {
	if ( $given !== $shown && is_string( $given ) ) {
		update_option( KEY_OPTION, '' === $given ? array( 'remove' => '1' ) : array( 'key' => $given ) );
	}
	return $shown;
}
