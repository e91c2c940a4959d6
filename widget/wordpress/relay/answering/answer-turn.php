<?php
/** Frame of every answer: what must be given back, whatever happens, and what the browser is told at the end. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** The lease; when it is refused, the turn is taken back. */
function admit_turn( Turn $turn, callable $admit ): Lease {
	try {
		return $admit();
	} catch ( Refused $refused ) {
		release_turn( $turn );
		throw $refused;
	}
}

/** @param callable $work Answers the turn, and returns whether the service surely did not take its question. */
function answer_turn( Writer $writer, Client $client, Lease $lease, callable $work ): void {
	open_ended();
	// A fatal error or the host's time limit skips what follows: then the turn is another request's at once.
	register_shutdown_function(
		static function () use ( $writer, $lease ): void {
			$writer->leave();
			$lease->end();
		}
	);
	try {
		$is_refunded = $work();
		$client->finish();
		$lease->end( $is_refunded );
	} catch ( TurnLost $lost ) {
		$lease->end();
		catch_up( $writer->turn, $client );
	}
}

/** Tells the browser how a turn ended that somebody else has ended: stopped, most of the time. */
function catch_up( Turn $known, Client $client ): void {
	$read = read_log( $known->id, 0 );
	if ( null === $read || $read[0]->is_running() ) {
		$client->pause();
		return;
	}
	foreach ( $read[1] as $place => list( $name, $json ) ) {
		if ( $place + 1 > $known->last ) {
			$client->event( $place + 1, $name, $json, count( $read[1] ) === $place + 1 );
		}
	}
	$client->finish();
}

/** Answers a request that repeats a question. */
function join_turn( Request $request, Turn $turn, string $name, string $conversation, ?string $visitor ): void {
	count_action( $request, 'follow', $visitor );
	open_ended();
	read_turn( $turn->id, new Client( $request, wants_whole( $request ), 0, '' === $conversation ? null : 5000, $name, $conversation ) );
}

/** The request goes on when its browser leaves, and for as long as an answer may take. */
function open_ended(): void {
	ignore_user_abort( true );
	if ( function_exists( 'set_time_limit' ) ) {
		@set_time_limit( (int) setting( 'total' ) + 60 ); // phpcs:ignore WordPress.PHP.NoSilencedErrors -- hosts may forbid it.
	}
	if ( PHP_SESSION_ACTIVE === session_status() ) {
		session_write_close();
	}
}

/** Lets the browser go, where the server can, before work that it need not wait for. */
function finish_response(): void {
	if ( function_exists( 'fastcgi_finish_request' ) ) {
		fastcgi_finish_request();
	}
}
