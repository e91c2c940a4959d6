<?php
/** `GET /v1/agents/{agent}`: the agent's public profile; and whose agent a path names. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** @return array{0: string, 1: int} */
function named_agent( Request $request ): array {
	$agent   = $request->part( 'agent' );
	$project = project_of( $agent );
	if ( null === $project ) {
		throw new Refused( 'not-found' );
	}
	return array( $agent, $project );
}

function route_agent( Request $request ): Reply {
	list( $agent, $project ) = named_agent( $request );
	$body                    = to_json( profile_of( $agent, $project ) );
	$headers                 = array(
		'etag'          => '"' . substr( base64url( hash( 'sha256', $body, true ) ), 0, 22 ) . '"',
		'cache-control' => 'public, max-age=60',
		'content-type'  => 'application/json',
	);
	$is_known = $request->header( 'if-none-match' ) === $headers['etag'];
	return $is_known ? new Reply( 304, '', $headers ) : new Reply( 200, $body, $headers );
}

/** `GET …/conversations`: only persons known by an identity have other devices, and the relay reads no identities. */
function route_latest( Request $request ): Reply {
	list( $agent ) = named_agent( $request );
	present_visitor( $request, $agent );
	throw new Refused( 'not-allowed' );
}
