<?php
/** Waits: those that the service asked for, and those of single visitors and addresses whose questions keep failing. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** Different callers who must be told to wait before all have to; one alone may be the only one meant. */
const TOLD_TO_WAIT = 5;
/** Milliseconds that all wait at most where only visitors' calls were told to. */
const MOST_HEARSAY_MS = 60000;
/** Failed questions in a row that a visitor, and all visitors of an address, may have before they wait. */
const MOST_IN_A_ROW = array(
	'visitor' => 6,
	'address' => 40,
);

/** Notes in the state that the service named a wait: for all where the call carried nothing of a visitor's, or several were told so. */
function with_wait( array $state, string $kind, int $seconds, ?Caller $who ): array {
	$end   = now_ms() + 1000 * $seconds;
	$told  = $state['told'][ $kind ] ?? array();
	$count = with_caller( ( $told['until'] ?? 0 ) > now_ms() ? $told['count'] : array(), $who );
	if ( null !== $who && callers_in( $count ) < TOLD_TO_WAIT ) {
		$state['told'][ $kind ] = array(
			'count' => $count,
			'until' => $end,
		);
		return $state;
	}
	unset( $state['told'][ $kind ] );
	$end                     = null === $who ? $end : min( $end, now_ms() + MOST_HEARSAY_MS );
	$state['waits'][ $kind ] = max( $end, $state['waits'][ $kind ] ?? 0 );
	return $state;
}

/** Throws `upstream-busy` while calls of this kind have to wait. */
function check_waits( array $state, string $kind ): void {
	// A conversation in which nothing can be asked need not be started.
	foreach ( 'begin' === $kind ? array( 'all', 'begin', 'ask' ) : array( 'all', $kind ) as $name ) {
		refuse_until( $state['waits'][ $name ] ?? 0 );
	}
}

function refuse_until( int $end ): void {
	if ( $end > now_ms() ) {
		throw new Refused( 'upstream-busy', array( 'retryAfter' => (int) ceil( ( $end - now_ms() ) / 1000 ) ) );
	}
}

/** Throws `upstream-busy` while this visitor, or the address, has to wait. */
function check_caller( ?Caller $who ): void {
	foreach ( sides_of( $who ) as $whose ) {
		refuse_until( fact( "until $whose" ) );
	}
}

/** @return array<string, string> */
function sides_of( ?Caller $who ): array {
	return null === $who ? array() : array(
		'visitor' => "visitor $who->visitor",
		'address' => "address $who->address",
	);
}

/** A number that was set with an end; 0 after that. */
function fact( string $name ): int {
	$row = row_of( 'SELECT n FROM ' . table( 'counts' ) . ' WHERE k = %s AND ends >= %d', digest( 'count', $name ), now_ms() );
	return null === $row ? 0 : (int) $row['n'];
}

/**
 * A question of theirs failed, and the service named a wait or none. Others at an address at which somebody was answered
 * within the minute do not wait for that.
 *
 * @param bool $is_news Whether all was well before: then nobody knows who was answered.
 */
function note_failure( ?Caller $who, ?int $seconds, bool $is_news ): void {
	$ends = now_ms() + TROUBLE_MS;
	foreach ( sides_of( $who ) as $side => $whose ) {
		$failures = fact( "streak $whose" ) + 1;
		clear_count( "streak $whose" );
		raise_to( "streak $whose", $failures, $ends );
		if ( 'address' === $side && ( $is_news || fact( "served $whose" ) > 0 ) ) {
			continue;
		}
		$beyond = $failures - MOST_IN_A_ROW[ $side ];
		$waits  = array_filter( array( $seconds, $beyond < 0 ? null : min( 2 ** ( min( $beyond, 5 ) + 1 ), 60 ) ) );
		if ( array() !== $waits ) {
			raise_to( "until $whose", now_ms() + 1000 * max( $waits ), max( $ends, now_ms() + 1000 * max( $waits ) ) );
		}
	}
}

/** A question of theirs was answered. */
function note_answer( ?Caller $who ): void {
	foreach ( sides_of( $who ) as $whose ) {
		clear_count( "streak $whose" );
		clear_count( "until $whose" );
		clear_count( "served $whose" );
		raise_to( "served $whose", 1, now_ms() + 60000 );
	}
}
