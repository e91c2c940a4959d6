<?php
/** Letters that stand in an address: base64url, as RFC 4648 has it, without padding. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

function base64url( string $bytes ): string {
	return rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' );
}

/** Null for what no call of `base64url` gives: spare bits in the last letter would give one thing two names. */
function from_base64url( string $text ): ?string {
	if ( 1 !== preg_match( '/^[A-Za-z0-9_-]+$/D', $text ) ) {
		return null;
	}
	$bytes = base64_decode( strtr( $text, '-_', '+/' ), true );
	return false !== $bytes && base64url( $bytes ) === $text ? $bytes : null;
}

/** 43 letters that stand for a text, of which nobody without the secret can find the text. */
function digest( string $purpose, string $text ): string {
	return base64url( hash_hmac( 'sha256', $text, derived_key( $purpose ), true ) );
}
