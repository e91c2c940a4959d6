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
	$stored = get_option( KEY_OPTION, '' );
	return is_string( $stored ) ? trim( $stored ) : '';
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

/** Keeps a key from the settings page; an empty one keeps what is there. Returns false for what can be no key. */
function store_key( string $key ): bool {
	$key = trim( $key );
	if ( '' === $key ) {
		return true;
	}
	if ( strlen( $key ) > 500 || 1 !== preg_match( '/^[\x21-\x7e]+$/', $key ) ) {
		return false;
	}
	update_option( KEY_OPTION, $key, false );
	return true;
}

function delete_key(): void {
	delete_option( KEY_OPTION );
}
