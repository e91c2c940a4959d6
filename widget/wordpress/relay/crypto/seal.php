<?php
/** Encryption of values that browsers may hold but not read: session ids, message ids, addresses of images. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/**
 * Encrypts a text as base64url; `label` says what it is and what it belongs to. The same text and label give the same
 * result, so that a conversation keeps one id: the nonce is an HMAC of both, and repeats only with the whole message.
 */
function seal( string $label, string $text ): string {
	$nonce  = substr(
		hash_hmac( 'sha256', strlen( $label ) . ':' . $label . $text, derived_key( 'sealed id nonce' ), true ),
		0,
		SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_NPUBBYTES
	);
	$hidden = sodium_crypto_aead_xchacha20poly1305_ietf_encrypt( $text, $label, $nonce, derived_key( 'sealed id cipher' ) );
	return base64url( $nonce . $hidden );
}

/** The text, or null for anything that was not sealed here under this label. Never throws. */
function unseal( string $label, string $sealed ): ?string {
	$length = SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_NPUBBYTES;
	$bytes  = strlen( $sealed ) > 65536 ? null : from_base64url( $sealed );
	if ( null === $bytes || strlen( $bytes ) < $length + SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_ABYTES ) {
		return null;
	}
	try {
		$text = sodium_crypto_aead_xchacha20poly1305_ietf_decrypt(
			substr( $bytes, $length ),
			$label,
			substr( $bytes, 0, $length ),
			derived_key( 'sealed id cipher' )
		);
	} catch ( \SodiumException $error ) {
		return null;
	}
	return false === $text ? null : $text;
}
