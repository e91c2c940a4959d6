<?php
/** Counts with an upper bound and an end; also small facts of conversations that outlive their turns. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** Takes one of `$most` under this name until `$ends` (milliseconds since 1970). Exact under race. */
function take_one( string $name, int $most, int $ends ): bool {
	$table = table( 'counts' );
	$key   = digest( 'count', $name );
	$sql   = "UPDATE $table SET n = n + 1 WHERE k = %s AND n < %d";
	if ( 1 === change( $sql, $key, $most ) ) {
		return true;
	}
	change( "INSERT IGNORE INTO $table (k, n, ends) VALUES (%s, 0, %d)", $key, $ends );
	return 1 === change( $sql, $key, $most );
}

/** Gives one back. */
function give_back( string $name ): void {
	change( 'UPDATE ' . table( 'counts' ) . ' SET n = n - 1 WHERE k = %s AND n > 0', digest( 'count', $name ) );
}

/** 0 for a name that was never counted. */
function counted( string $name ): int {
	$row = row_of( 'SELECT n FROM ' . table( 'counts' ) . ' WHERE k = %s', digest( 'count', $name ) );
	return null === $row ? 0 : (int) $row['n'];
}

/** Sets a fact, only upwards. */
function raise_to( string $name, int $value, int $ends ): void {
	$table = table( 'counts' );
	$key   = digest( 'count', $name );
	change( "INSERT IGNORE INTO $table (k, n, ends) VALUES (%s, 0, %d)", $key, $ends );
	change( "UPDATE $table SET n = %d, ends = %d WHERE k = %s AND n < %d", $value, $ends, $key, $value );
}

function clear_count( string $name ): void {
	change( 'DELETE FROM ' . table( 'counts' ) . ' WHERE k = %s', digest( 'count', $name ) );
}

/** How long facts of a conversation are kept: as long as its visitor's token can be renewed once. */
function fact_ends(): int {
	return now_ms() + 2 * (int) setting( 'visitorDays' ) * DAY * 1000;
}

function is_forgotten( string $conversation ): bool {
	return counted( 'forgotten ' . $conversation ) > 0;
}

function note_message( string $conversation, int $message ): void {
	raise_to( 'newest ' . $conversation, $message, fact_ends() );
}

/** The newest message that is known of a conversation; -1 for none. */
function newest_message( string $conversation ): int {
	$known = counted( 'newest ' . $conversation );
	return 0 === $known ? -1 : $known;
}

/** Drops what has ended: in one request of fifty, and every hour. */
function sweep( bool $is_due = false ): void {
	if ( ! $is_due && 1 !== wp_rand( 1, 50 ) ) {
		return;
	}
	change( 'DELETE FROM ' . table( 'counts' ) . ' WHERE ends < %d', now_ms() );
	change( 'DELETE FROM ' . table( 'turns' ) . " WHERE ends > 0 AND ends < %d AND state <> 'running'", now_ms() );
	change( 'DELETE FROM ' . table( 'turns' ) . " WHERE began < %d AND state = 'running' AND lease < %d", now_ms() - 3600000, now_ms() );
}
