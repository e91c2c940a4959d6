<?php
/** Mapping of the service's errors to the protocol's problem codes, as proxy/upstream/map-error.ts has it. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** @param mixed $retry_after A header. */
function failure_of( int $status, string $text, $retry_after, string $about, bool $carries_input ): Refused {
	$body       = json_decode( $text, true );
	$is_object  = is_array( $body ) && ! is_list( $body );
	$words      = $is_object ? error_message( $body ) : '';
	$is_foreign = $status < 400 || ! $is_object || ( 403 === $status && 'error' !== ( $body['status'] ?? null ) );
	$wait       = read_retry_after( is_string( $retry_after ) ? $retry_after : null );
	$code       = code_of( $status, $words, $wait, $about, $carries_input, $is_foreign );
	// Status and words are for the owner; no visitor is told them.
	$details = array(
		'service' => $status,
		'said'    => $words,
	);
	return new Refused( $code, 'upstream-busy' === $code && null !== $wait ? $details + array( 'retryAfter' => $wait ) : $details );
}

function code_of( int $status, string $words, ?int $wait, string $about, bool $carries_input, bool $is_foreign ): string {
	// A firewall's answer: it is about these words, not about the key or the agent.
	if ( $carries_input && $is_foreign && $status >= 400 && $status < 500 && ! in_array( $status, array( 402, 408, 413, 429 ), true ) ) {
		return 'bad-request';
	}
	$names_agent = 1 === preg_match( '/\b(agent|project)\b/i', $words ) && 1 !== preg_match( '/conversation|message|session/i', $words );
	switch ( $status ) {
		case 400:
		case 422:
			return $carries_input ? 'bad-request' : 'agent-unavailable';
		case 401:
			return 'agent-unavailable';
		case 403:
			$names_token = 1 === preg_match( '/\btoken\b|api.?key|unauthenticated|unauthorized/i', $words );
			return 'session' === $about && ! $names_token && ! $names_agent ? 'not-found' : 'agent-unavailable';
		case 402:
			return 'budget-used-up';
		case 404:
		case 410:
			return 'project' === $about || $names_agent ? 'agent-unavailable' : 'not-found';
		case 413:
			return 'too-long';
		case 429:
			// One status for two things: the month's queries used up, and too many a minute.
			return says_used_up( $words ) && null === $wait ? 'budget-used-up' : 'upstream-busy';
		case 503:
			return null === $wait ? 'upstream-down' : 'upstream-busy';
		default:
			return 'upstream-down';
	}
}

function says_used_up( string $words ): bool {
	return 1 !== preg_match( '/\bmemory\b/i', $words ) && 1 === preg_match( '/credit|exhaust|quota/i', $words );
}

/** The failure for an error inside a stream, before any text arrived. */
function failure_in_stream( string $words, ?int $status, string $about ): Refused {
	if ( says_used_up( $words ) ) {
		return new Refused( 'budget-used-up' );
	}
	if ( 1 === preg_match( '/\brate\b|rate.?limit|too many|throttl|\bbusy\b|overload/i', $words ) ) {
		return new Refused( 'upstream-busy' );
	}
	return new Refused( code_of( $status ?? 500, $words, null, $about, true, false ) );
}

/** The message in a parsed error, in every shape that was seen; or "". @param mixed $body */
function error_message( $body ): string {
	if ( ! is_array( $body ) ) {
		return is_string( $body ) ? $body : '';
	}
	$data  = $body['data'] ?? null;
	$error = $body['error'] ?? null;
	$said  = array(
		is_array( $data ) ? $data['message'] ?? null : null,
		$body['message'] ?? null,
		$error,
		is_array( $error ) ? $error['message'] ?? null : null,
		is_array( $error ) ? $error['error'] ?? null : null,
		$body['detail'] ?? null,
		$data,
	);
	foreach ( is_array( $body['errors'] ?? null ) ? $body['errors'] : array() as $complaint ) {
		$said[] = is_array( $complaint ) ? reset( $complaint ) : $complaint;
	}
	foreach ( $said as $words ) {
		if ( is_string( $words ) && '' !== $words ) {
			return $words;
		}
	}
	return '';
}

/** The status that an error names inside its body, or null. */
function error_code( array $body ): ?int {
	$data  = $body['data'] ?? null;
	$error = $body['error'] ?? null;
	foreach ( array( is_array( $data ) ? $data['code'] ?? null : null, $body['code'] ?? null, is_array( $error ) ? $error['code'] ?? null : null, $body['status'] ?? null ) as $code ) {
		if ( ( is_int( $code ) || ( is_string( $code ) && 1 === preg_match( '/^\d{3}$/D', $code ) ) ) && (int) $code >= 400 && (int) $code < 600 ) {
			return (int) $code;
		}
	}
	return null;
}

/** Whole seconds, an hour at most; null for other values, since no wait is ever made up. */
function read_retry_after( ?string $value ): ?int {
	$text = trim( (string) $value );
	if ( 1 === preg_match( '/^\d{1,10}(\.\d+)?$/D', $text ) ) {
		return (int) min( ceil( (float) $text ), 3600 );
	}
	$then = 1 === preg_match( '/^[A-Za-z]{3,9},? /', $text ) ? strtotime( $text ) : false;
	return false === $then ? null : min( max( $then - time(), 0 ), 3600 );
}

/** Whether an array is a JSON list: its keys are 0, 1, 2 and so on. */
function is_list( array $value ): bool {
	return array() === $value || array_keys( $value ) === range( 0, count( $value ) - 1 );
}
