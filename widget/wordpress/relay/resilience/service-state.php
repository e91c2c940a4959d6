<?php
/** What is known of the service's failures, for all requests: one row, read past WordPress' caches, written in trouble only. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const SERVICE_OPTION = 'customgpt_widget_relay_service';
/** Milliseconds after a failed question for which single callers are looked at too. */
const TROUBLE_MS = 600000;

/** The state, and the text that it is stored as; null while there is none. @return array{0: array, 1: string|null} */
function stored_state(): array {
	global $wpdb;
	$row  = row_of( "SELECT option_value FROM $wpdb->options WHERE option_name = %s", SERVICE_OPTION );
	$text = null === $row ? null : (string) $row['option_value'];
	$read = null === $text ? null : json_decode( $text, true );
	// At another address, or with another key, it is another service.
	$of = digest( 'service', service_base() . ' ' . api_key() );
	return array( is_array( $read ) && ( $read['of'] ?? '' ) === $of ? without_past( $read ) : array( 'of' => $of ), $text );
}

function service_state(): array {
	return stored_state()[0];
}

/** Whether there is anything in it that a call has to be compared with. */
function is_troubled( array $state ): bool {
	return array() !== ( $state['circuits'] ?? array() ) || max( array_merge( array( $state['troubled'] ?? 0 ), $state['waits'] ?? array() ) ) > now_ms();
}

/**
 * Changes the state. `$change` gets it and returns another; it is called again where another request was faster. A change
 * that is overtaken again and again is left out: it is one failure among very many.
 */
function change_state( callable $change ): void {
	global $wpdb;
	for ( $try = 0; $try < 5; $try++ ) {
		list( $state, $text ) = stored_state();
		$next                 = without_past( $change( $state ) );
		if ( $next === $state ) {
			return;
		}
		// Two states are never the same text, so that none is taken for another.
		$next['revision'] = ( $state['revision'] ?? 0 ) + 1;
		$next['by']       = bin2hex( random_bytes( 4 ) );
		$written          = to_json( $next );
		$changed          = null === $text
			? change( "INSERT IGNORE INTO $wpdb->options (option_name, option_value, autoload) VALUES (%s, %s, 'no')", SERVICE_OPTION, $written )
			: change( "UPDATE $wpdb->options SET option_value = %s WHERE option_name = %s AND option_value = %s", $written, SERVICE_OPTION, $text );
		if ( 1 === $changed ) {
			return;
		}
	}
}

/** Waits that are over hold nobody back, and single failures of long ago say nothing. */
function without_past( array $state ): array {
	$now = now_ms();
	if ( isset( $state['circuits'] ) ) {
		$is_recent         = static fn( array $circuit ): bool => is_open( $circuit ) || ( $circuit['at'] ?? 0 ) > $now - TROUBLE_MS;
		$state['circuits'] = array_filter( $state['circuits'], $is_recent );
	}
	if ( isset( $state['waits'] ) ) {
		$state['waits'] = array_filter( $state['waits'], static fn( int $end ): bool => $end > $now );
	}
	if ( isset( $state['told'] ) ) {
		$state['told'] = array_filter( $state['told'], static fn( array $told ): bool => $told['until'] > $now );
	}
	return $state;
}
