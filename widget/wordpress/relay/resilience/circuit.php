<?php
/** Circuits: opened by failures of different callers, closed by a call of the relay's own, as proxy/upstream/resilience/circuit.ts has it. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** Different callers whose calls must fail without a success in between; and how many more after a circuit was closed. */
const MOST_FAILURES = 10;
const MOST_ON_TRIAL = 4;
/** Failed calls in a row after which a call of the relay's own finds out what is true. */
const SUSPICIOUS_CALLS = 3;

/** Names of the circuits that a call passes, in the order in which they refuse. @return string[] */
function circuits_of( string $kind, int $project ): array {
	return is_asking( $kind ) ? array( 'questions', 'account', "agent $project" ) : array( $kind );
}

/** Whether a question consists of such calls. */
function is_asking( string $kind ): bool {
	return 'begin' === $kind || 'ask' === $kind;
}

/** Whether a result says that what the circuit is about works: true, false, or null where it says nothing of it. */
function verdict( string $circuit, ?Refused $failure ): ?bool {
	if ( null === $failure ) {
		return true;
	}
	$code = $failure->problem;
	if ( 'account' === $circuit ) {
		// A wait that the service names is a pause and opens no circuit.
		$is_turned_down = in_array( $code, array( 'upstream-busy', 'budget-used-up' ), true ) && ! isset( $failure->details['retryAfter'] );
		return $is_turned_down ? false : null;
	}
	if ( 0 === strpos( $circuit, 'agent ' ) ) {
		return 'agent-unavailable' === $code ? false : null;
	}
	if ( 'upstream-down' === $code ) {
		return false;
	}
	// Said of the visitor's words, by the service or by a firewall before it.
	return in_array( $code, array( 'bad-request', 'too-long' ), true ) ? null : true;
}

/** Whether it is about the service, and not about who asks it for what. */
function is_of_service( string $name ): bool {
	return 'account' !== $name && 0 !== strpos( $name, 'agent ' );
}

function is_open( array $circuit ): bool {
	return isset( $circuit['until'] );
}

function is_probe_due( array $circuit ): bool {
	return is_open( $circuit ) && $circuit['until'] <= now_ms();
}

function opened( string $name, array $circuit ): array {
	list( $first, $most ) = is_of_service( $name ) ? array( 1000, 60000 ) : array( 500, 30000 );
	$pause                = $circuit['pause'] ?? $first;
	$circuit['until']     = now_ms() + $pause;
	$circuit['pause']     = min( 2 * $pause, $most );
	return $circuit;
}

/** Callers who have failed count no more, or a few who keep failing could keep it open. */
function closed( array $circuit ): array {
	unset( $circuit['until'] );
	$circuit['trial'] = true;
	$circuit['at']    = now_ms();
	foreach ( $circuit['failed'] ?? array() as $kind => $count ) {
		$circuit['failed'][ $kind ]['limit'] = callers_in( $count ) + MOST_ON_TRIAL;
	}
	return $circuit;
}

/** After a visitor's call. A circuit of which nothing needs to be known is an empty array. */
function after_call( string $name, array $circuit, string $kind, ?Caller $who, ?Refused $failure ): array {
	$verdict = verdict( $name, $failure );
	if ( null === $verdict || is_open( $circuit ) ) {
		return $circuit;
	}
	if ( $verdict ) {
		unset( $circuit['failed'][ $kind ] );
		// A service that starts a conversation may still answer no question.
		if ( 'begin' === $kind ) {
			return $circuit;
		}
		return empty( $circuit['failed'] ) ? array() : array_intersect_key( $circuit, array_flip( array( 'failed', 'at' ) ) );
	}
	$count                      = with_caller( $circuit['failed'][ $kind ] ?? array(), $who );
	$count['limit']             = $count['limit'] ?? ( empty( $circuit['trial'] ) ? MOST_FAILURES : MOST_ON_TRIAL );
	$circuit['failed'][ $kind ] = $count;
	$circuit['code']            = $failure->problem;
	$circuit['at']              = now_ms();
	return callers_in( $count ) >= $count['limit'] ? opened( $name, $circuit ) : $circuit;
}

/** After a call of the relay's own, whose result decides. */
function after_probe( string $name, array $circuit, ?Refused $failure ): array {
	$verdict = verdict( $name, $failure );
	if ( false === $verdict ) {
		$circuit['code'] = $failure->problem;
		return is_open( $circuit ) || is_of_service( $name ) ? opened( $name, $circuit ) : $circuit;
	}
	return is_open( $circuit ) ? closed( $circuit ) : $circuit;
}

/** What callers are refused with while it is open. */
function refusal_of( string $name, array $circuit ): Refused {
	$wait = array( 'retryAfter' => max( 1, (int) ceil( ( $circuit['until'] - now_ms() ) / 1000 ) ) );
	if ( is_of_service( $name ) ) {
		return new Refused( 'upstream-busy', $wait );
	}
	$code = 'account' === $name ? $circuit['code'] ?? 'upstream-busy' : 'agent-unavailable';
	return new Refused( $code, 'upstream-busy' === $code ? $wait : array() );
}
