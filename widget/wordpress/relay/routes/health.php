<?php
/** `GET /healthz`: the relay answers; with `?stream` in pieces, by which Site Health sees whether something collects them. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

function route_health( Request $request ): ?Reply {
	if ( null === $request->query( 'stream' ) ) {
		return Reply::json( array( 'status' => 'ok' ) );
	}
	// Each takes one of the few places for a moment.
	$taken = array();
	take_rates( 'health address ' . $request->address, array( array( 10, 60 ) ), $taken );
	$slot = Slot::take();
	if ( null === $slot ) {
		throw new Refused( 'upstream-busy', array( 'retryAfter' => 2 ) );
	}
	send_head(
		200,
		array(
			'content-type'      => 'text/event-stream; charset=utf-8',
			'cache-control'     => 'no-cache, no-transform',
			'x-accel-buffering' => 'no',
		)
	);
	for ( $piece = 1; $piece <= 5; $piece++ ) {
		echo esc_html( ": piece $piece of 5" ) . "\n\n";
		flush();
		if ( $piece < 5 ) {
			usleep( 200000 );
		}
	}
	$slot->leave();
	return null;
}
