<?php
/** The service's key: environment, then constant, then an option that is not loaded with every page. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const KEY_NAME   = 'CUSTOMGPT_API_KEY';
const KEY_OPTION = 'customgpt_widget_api_key';

/** Empty when none is set. */
function api_key(): string {
	$outer = outer( KEY_NAME );
	if ( null !== $outer ) {
		return trim( $outer );
	}
	return stored_key();
}

/** It lies in an array: WordPress' page of all options shows texts as they are, and of arrays nothing. */
function stored_key(): string {
	$stored = get_option( KEY_OPTION, array() );
	return is_array( $stored ) && is_string( $stored['key'] ?? null ) ? $stored['key'] : '';
}

/** Where the key is set: `environment`, `constant`, `option` or `none`. */
function key_source(): string {
	$value = getenv( KEY_NAME );
	if ( is_string( $value ) && '' !== $value ) {
		return 'environment';
	}
	if ( null !== outer( KEY_NAME ) ) {
		return 'constant';
	}
	return '' === api_key() ? 'none' : 'option';
}

/** What the settings page may show of the key: never more than its last four letters. */
function masked_key(): string {
	$key = api_key();
	if ( '' === $key ) {
		return __( 'not set', 'chat-widget-for-customgpt' );
	}
	if ( strlen( $key ) < 12 ) {
		return __( 'set', 'chat-widget-for-customgpt' );
	}
	/* translators: %s: the last four letters of the key. */
	return sprintf( __( 'set, ends in %s', 'chat-widget-for-customgpt' ), substr( $key, -4 ) );
}

/**
 * What is stored for what the settings page sends: a new key, none where it is to be removed, and else what is there.
 * WordPress calls it twice for a first save, so what it returns it also takes.
 *
 * @param mixed $given
 */
function read_key( $given ): array {
	$key  = is_array( $given ) && is_string( $given['key'] ?? null ) ? trim( $given['key'] ) : '';
	$kept = '' === stored_key() ? array() : array( 'key' => stored_key() );
	if ( '' === $key ) {
		return is_array( $given ) && ! empty( $given['remove'] ) ? array() : $kept;
	}
	if ( strlen( $key ) > 500 || 1 !== preg_match( '/^[\x21-\x7e]+$/D', $key ) ) {
		if ( function_exists( 'add_settings_error' ) && array() === get_settings_errors( KEY_OPTION ) ) {
			add_settings_error( KEY_OPTION, 'key', esc_html__( 'That is no key of CustomGPT.ai. Copy it whole, without spaces.', 'chat-widget-for-customgpt' ) );
		}
		return $kept;
	}
	return array( 'key' => $key );
}
