<?php
/** Events of a turn: one line each, appended by the one request that writes it, read by any number. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** Bytes of a turn's events at most; a longer answer is ended as cut. */
const LARGEST_LOG = 4000000;

/**
 * One event as a line. JSON written with \u escapes is ASCII, so its length is the same for every database. The token
 * of a new visitor is sealed: who reads the table gets no conversation by it.
 */
function event_line( string $name, array $data ): string {
	if ( 'conversation' === $name ) {
		$data['visitor'] = seal( 'token in a log', $data['visitor'] );
	}
	return $name . ' ' . to_json( $data ) . "\n";
}

/** Appends lines; false when the turn is no longer this owner's to write: stopped, ended, taken over or deleted. */
function append_lines( Turn $turn, array $lines, int $lease_ms ): bool {
	$sql = 'UPDATE ' . table( 'turns' ) . " SET log = CONCAT(log, %s), last = last + %d, lease = %d WHERE id = %d AND state = 'running' AND owner = %s";
	return 1 === change( $sql, implode( '', $lines ), count( $lines ), now_ms() + $lease_ms, $turn->id, $turn->owner );
}

/** Keeps the turn while nothing comes; false as `append_lines`. */
function keep_turn( Turn $turn, int $lease_ms ): bool {
	$sql = 'UPDATE ' . table( 'turns' ) . " SET lease = %d WHERE id = %d AND state = 'running' AND owner = %s";
	return 1 === change( $sql, now_ms() + $lease_ms, $turn->id, $turn->owner );
}

/** Leaves a running turn to whoever asks for it next, at once. */
function leave_turn( Turn $turn ): void {
	change( 'UPDATE ' . table( 'turns' ) . " SET lease = 0 WHERE id = %d AND state = 'running' AND owner = %s", $turn->id, $turn->owner );
}

/** Ends the turn with its last event. `$owner` is null for a stop, which anyone may call who owns the conversation. */
function end_turn( int $id, ?string $owner, string $state, string $line, bool $retryable = false ): bool {
	$sql   = 'UPDATE ' . table( 'turns' ) . " SET log = CONCAT(log, %s), last = last + 1, state = %s, talking = NULL, retryable = %d, ends = %d WHERE id = %d AND state = 'running'";
	$given = array( $line, $state, $retryable ? 1 : 0, now_ms() + (int) setting( 'keep' ) * 1000, $id );
	if ( null !== $owner ) {
		$sql    .= ' AND owner = %s';
		$given[] = $owner;
	}
	return 1 === change( $sql, ...$given );
}

/** The conversation that a first turn has begun, and the further keys by which it is known from now on. */
function open_turn( Turn $turn, Conversation $conversation, string $k2, string $k3 ): bool {
	$sql = 'UPDATE ' . table( 'turns' ) . " SET k2 = %s, k3 = NULLIF(%s, k1), talking = %s, conversation = %s, sealed = %s WHERE id = %d AND state = 'running' AND owner = %s";
	return 1 === change( $sql, $k2, $k3, $conversation->name(), $conversation->name(), seal( 'held conversation', $conversation->id ), $turn->id, $turn->owner );
}

/** Says that somebody reads the turn. */
function hear_turn( int $id ): void {
	change( 'UPDATE ' . table( 'turns' ) . ' SET heard = %d WHERE id = %d', now_ms(), $id );
}

/** @return array{0: string, 1: string} Name and JSON of an event. */
function read_line( string $line ): array {
	$parts = explode( ' ', $line, 2 );
	if ( 'conversation' !== $parts[0] ) {
		return $parts;
	}
	$data            = json_decode( $parts[1], true );
	$data['visitor'] = (string) unseal( 'token in a log', (string) $data['visitor'] );
	return array( $parts[0], to_json( $data ) );
}

/**
 * The events from a place in the log, and where they end.
 *
 * @return array{0: Turn, 1: array<int, array{0: string, 1: string}>, 2: int}|null Null when the turn is gone.
 */
function read_log( int $id, int $place ): ?array {
	$row = row_of( 'SELECT ' . TURN_COLUMNS . ', SUBSTRING(log, %d) AS more FROM ' . table( 'turns' ) . ' WHERE id = %d', $place + 1, $id );
	if ( null === $row ) {
		return null;
	}
	$more   = (string) $row['more'];
	$events = array();
	foreach ( explode( "\n", $more ) as $line ) {
		if ( '' !== $line ) {
			$events[] = read_line( $line );
		}
	}
	return array( new Turn( $row ), $events, $place + strlen( $more ) );
}
