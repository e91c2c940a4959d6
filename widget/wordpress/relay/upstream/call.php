<?php
/** Calls of the service's API: the only place that adds the key, and that turns an error response into a refusal. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const USER_AGENT   = 'customgpt-widget-relay';
const LARGEST_JSON = 8388608;

/** Without a closing slash. */
function service_base(): string {
	return rtrim( (string) setting( 'base' ), '/' );
}

function service_headers( string $accept, bool $has_body ): array {
	$headers = array(
		'authorization'   => 'Bearer ' . api_key(),
		'accept'          => $accept,
		'accept-encoding' => 'identity',
	);
	if ( $has_body ) {
		$headers['content-type'] = 'application/json';
	}
	return $headers;
}

/**
 * The parsed body of a success; null when it is empty. Throws `Refused`.
 *
 * @param string $about What the call is about: `project`, `conversation`, or `session` for one that worked before.
 * @return mixed
 */
function call_service( string $method, string $path, ?array $body, string $about, bool $carries_input = false, float $timeout = 20.0 ) {
	if ( '' === api_key() ) {
		throw new Refused( 'agent-unavailable' );
	}
	$given = array(
		'method'              => $method,
		'timeout'             => min( $timeout, (float) setting( 'firstByte' ) ),
		'redirection'         => 0,
		'httpversion'         => '1.1',
		'user-agent'          => USER_AGENT,
		'headers'             => service_headers( 'application/json', null !== $body ),
		'limit_response_size' => LARGEST_JSON,
	);
	if ( null !== $body ) {
		$given['body'] = to_json( $body );
	}
	$response = wp_remote_request( service_base() . $path, $given );
	if ( is_wp_error( $response ) ) {
		throw without_response( $response );
	}
	$status = (int) wp_remote_retrieve_response_code( $response );
	$text   = (string) wp_remote_retrieve_body( $response );
	if ( $status < 200 || $status >= 300 ) {
		throw failure_of( $status, $text, wp_remote_retrieve_header( $response, 'retry-after' ), $about, $carries_input );
	}
	if ( '' === trim( $text ) ) {
		return null;
	}
	$value = json_decode( $text, true );
	if ( null === $value ) {
		throw new Refused( 'upstream-down' );
	}
	KeyGuard::refuse_key_in( $value );
	if ( is_array( $value ) && 'error' === ( $value['status'] ?? null ) ) {
		throw failure_of( error_code( $value ) ?? 500, $text, null, $about, $carries_input );
	}
	return $value;
}

/** A call without a response: `unsure` where it may have arrived, `late` where it took too long. */
function without_response( \WP_Error $error ): Refused {
	$said    = $error->get_error_message();
	$details = array(
		'late'   => 1 === preg_match( '/cURL error 28\b|timed out/i', $said ),
		'unsure' => 1 !== preg_match( '/cURL error (?:5|6|7|35|60)\b|could not resolve|refused/i', $said ),
	);
	return new Refused( 'upstream-down', array_filter( $details ) );
}

/** The `data` of a body, or the body itself. @param mixed $body @return mixed */
function data_of( $body ) {
	return is_array( $body ) && array_key_exists( 'data', $body ) ? $body['data'] : $body;
}

function project_path( int $project ): string {
	return '/projects/' . max( 0, $project );
}

/** Ids that the service returns must be harmless in a path. */
function conversation_path( Conversation $conversation ): string {
	if ( 1 !== preg_match( '/^[A-Za-z0-9_-]{1,128}$/D', $conversation->session ) ) {
		throw new Refused( 'not-found' );
	}
	return project_path( $conversation->project ) . '/conversations/' . $conversation->session;
}

/** Begins a conversation; its name in the owner's dashboard contains nothing of the visitor's. */
function begin_session( int $project ): string {
	$name    = 'Website chat, ' . gmdate( 'Y-m-d H:i' ) . ' UTC';
	$body    = call_service( 'POST', project_path( $project ) . '/conversations', compact( 'name' ), 'project' );
	$data    = data_of( $body );
	$session = is_array( $data ) ? $data['session_id'] ?? null : null;
	if ( ! is_string( $session ) || 1 !== preg_match( '/^[A-Za-z0-9_-]{1,128}$/D', $session ) ) {
		throw new Refused( 'upstream-down' );
	}
	return $session;
}

/** Deletes a conversation of the service; one that is gone already is no failure. */
function delete_session( Conversation $conversation ): void {
	try {
		call_service( 'DELETE', conversation_path( $conversation ), null, 'conversation' );
	} catch ( Refused $refused ) {
		if ( 'not-found' !== $refused->problem ) {
			throw $refused;
		}
	}
}
