<?php
/** Who sends a request, by its token. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/**
 * Null without a token that is valid here. An old token is answered with a fresh one in the response's headers.
 * Identities signed by the owner are not read by the relay; whoever sends one is told so, and not taken for a stranger.
 */
function present_visitor( Request $request, string $agent ): ?string {
	if ( null !== $request->header( 'visitor-identity' ) ) {
		throw new Refused( 'not-allowed', array( 'identity' => true ) );
	}
	if ( 1 !== preg_match( '/^Bearer +(\S+)$/iD', (string) $request->header( 'authorization' ), $found ) ) {
		return null;
	}
	$read = read_token( $found[1], $agent, $request->origin );
	if ( null === $read ) {
		return null;
	}
	if ( null !== $read['renewal'] ) {
		$request->answer_header( 'visitor-token', $read['renewal'] );
	}
	return $read['visitor'];
}
