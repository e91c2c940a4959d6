<?php
/** The secret from which every token and id of the relay is made. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const SECRET_NAME   = 'CUSTOMGPT_WIDGET_SECRET';
const SECRET_OPTION = 'customgpt_widget_secret';

/** At least 32 letters; made once, unless the environment or a constant has one. */
function secret(): string {
	static $secret = null;
	if ( null !== $secret ) {
		return $secret;
	}
	$outer = outer( SECRET_NAME );
	if ( null !== $outer && strlen( $outer ) >= 32 ) {
		$secret = $outer;
		return $secret;
	}
	$stored = get_option( SECRET_OPTION );
	if ( ! is_string( $stored ) || strlen( $stored ) < 32 ) {
		// Two requests may come first at once: the one that wrote it wins, and both read the same again.
		add_option( SECRET_OPTION, bin2hex( random_bytes( 32 ) ), '', false );
		wp_cache_delete( SECRET_OPTION, 'options' );
		wp_cache_delete( 'notoptions', 'options' );
		$stored = get_option( SECRET_OPTION );
	}
	if ( ! is_string( $stored ) || strlen( $stored ) < 32 ) {
		throw new Refused( 'upstream-down' );
	}
	$secret = $stored;
	return $secret;
}

/** 32 bytes for the named purpose, by HKDF-SHA256 (RFC 5869). */
function derived_key( string $purpose ): string {
	static $keys = array();
	if ( ! isset( $keys[ $purpose ] ) ) {
		$keys[ $purpose ] = hash_hkdf( 'sha256', secret(), 32, $purpose, 'customgpt-widget' );
	}
	return $keys[ $purpose ];
}
