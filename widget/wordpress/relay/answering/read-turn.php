<?php
/** Reading of a turn that another request writes, or that has ended; a turn adrift is brought to its end here. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** Microseconds between two looks at a turn. */
const READ_EVERY = 250000;
/** Milliseconds for which one request follows a turn at most; the browser then comes back for the rest. */
const READ_AT_MOST = 120000;

/** Tells the client the turn's events until its end. */
function read_turn( int $id, Client $client ): void {
	$place = 0;
	$count = 0;
	$slot  = null;
	$until = now_ms() + READ_AT_MOST;
	$heard = 0;
	try {
		for (;;) {
			$read = read_log( $id, $place );
			if ( null === $read ) {
				return;
			}
			list( $turn, $events, $place ) = $read;
			$is_ended                      = ! $turn->is_running();
			foreach ( $events as $at => list( $name, $json ) ) {
				$client->event( ++$count, $name, $json, $is_ended && count( $events ) - 1 === $at );
			}
			if ( $is_ended ) {
				$client->finish();
				return;
			}
			$slot = $slot ?? Slot::take();
			if ( null === $slot ) {
				// No worker is free to wait: the browser has what there is, and comes back for the rest.
				$client->pause();
				return;
			}
			if ( $turn->is_adrift() ) {
				recover_for( $turn, $client, $slot );
				continue;
			}
			if ( now_ms() - $heard > 3000 ) {
				$heard = now_ms();
				hear_turn( $id );
			}
			$slot->renew();
			$client->tick();
			if ( $client->is_gone() || now_ms() > $until ) {
				return;
			}
			usleep( READ_EVERY );
		}
	} finally {
		if ( null !== $slot ) {
			$slot->leave();
		}
	}
}

/** Brings a turn adrift to its end, while its reader is kept waiting with signs of life. */
function recover_for( Turn $turn, Client $client, Slot $slot ): void {
	$wait = static function ( float $seconds ) use ( $client, $slot, $turn ): bool {
		$until = microtime( true ) + $seconds;
		while ( microtime( true ) < $until ) {
			usleep( READ_EVERY );
			$client->tick();
			$slot->renew();
			if ( $client->is_gone() ) {
				return false;
			}
		}
		return true;
	};
	recover_turn( $turn, $wait, array( 0, 0.5, 1.5, 3, 5, 10, 10, 15 ), true );
}
