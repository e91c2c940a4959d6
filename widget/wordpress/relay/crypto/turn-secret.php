<?php
/** Secrets of first turns: a request without a token joins such a turn by its secret; only a digest is stored. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** Digest of the secret that the request carries; empty when it carries none, and then no request can join. */
function turn_digest( Request $request ): string {
	$given = $request->header( 'turn-secret' );
	if ( null === $given ) {
		return '';
	}
	if ( 1 !== preg_match( '/^[\w-]{22,128}$/D', $given ) ) {
		throw new Refused( 'bad-request' );
	}
	return digest( 'turn secret', $given );
}

/** Whether the request may join a turn. `$given` is null for one that is known by a token. */
function is_theirs( string $digest, ?string $given ): bool {
	return null === $given || ( '' !== $digest && '' !== $given && hash_equals( $digest, $given ) );
}
