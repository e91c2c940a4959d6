<?php
/** `GET` and `DELETE` of a turn: resumes an answer from the client's last event, or stops it. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

function route_resume( Request $request ): ?Reply {
	$conversation = own_conversation( $request );
	count_action( $request, 'follow', $conversation->visitor );
	$turn = find_turn( turn_key( $conversation, $request->part( 'turn' ) ) );
	if ( null === $turn ) {
		throw new Refused( 'not-found' );
	}
	$after = $request->header( 'last-event-id' ) ?? $request->query( 'after' ) ?? '0';
	if ( 1 !== preg_match( '/^\d{1,9}$/D', $after ) ) {
		throw new Refused( 'bad-request' );
	}
	$client = new Client( $request, false, (int) $after, 0, $request->part( 'turn' ), $conversation->id );
	if ( 'HEAD' === $request->method ) {
		$client->tick();
		return null;
	}
	open_ended();
	read_turn( $turn->id, $client );
	return null;
}

/** 204 also when the turn had ended already. */
function route_stop( Request $request ): Reply {
	$conversation = own_conversation( $request );
	$turn         = find_turn( turn_key( $conversation, $request->part( 'turn' ) ) );
	if ( null === $turn ) {
		throw new Refused( 'not-found' );
	}
	$done = array(
		'message' => null,
		'stopped' => true,
	);
	end_turn( $turn->id, null, 'stopped', event_line( 'done', $done ) );
	return new Reply( 204 );
}
