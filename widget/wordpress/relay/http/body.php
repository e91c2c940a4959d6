<?php
/** Reader of JSON request bodies: checks type and length, keeps known fields only. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const LARGEST_BODY = 65536;
const MOST_PARTS   = 1000;

/** Throws `bad-request`, or `too-long`. */
function read_json_body( Request $request ): array {
	// Anything else could be sent by a foreign site's form without a preflight.
	if ( 1 !== preg_match( '/^application\/json\s*(;|$)/i', (string) $request->header( 'content-type' ) ) ) {
		throw new Refused( 'bad-request' );
	}
	if ( 'identity' !== strtolower( $request->header( 'content-encoding' ) ?? 'identity' ) ) {
		throw new Refused( 'bad-request' );
	}
	if ( strlen( $request->body ) > LARGEST_BODY ) {
		throw new Refused( 'too-long' );
	}
	$outside = preg_replace( '/"(?:[^"\\\\]|\\\\.)*+"/s', '', $request->body );
	if ( null === $outside || strlen( $outside ) - strlen( str_replace( array( '{', '[', ',', ':' ), '', $outside ) ) > MOST_PARTS ) {
		throw new Refused( 'bad-request' );
	}
	$body = json_decode( $request->body, true, 64 );
	if ( ! is_array( $body ) ) {
		throw new Refused( 'bad-request' );
	}
	return $body;
}

/**
 * A question with only the fields of the protocol. Drops a page of another site than the request's.
 *
 * @return array{prompt: string, turn: string, page?: array{title: string, url: string}, language?: string}
 */
function read_question( Request $request ): array {
	$body   = read_json_body( $request );
	$prompt = cleaned( text_of( $body['prompt'] ?? null ) );
	$turn   = strtolower( text_of( $body['turn'] ?? null ) );
	if ( '' === preg_replace( '/^[\s\p{Z}]+|[\s\p{Z}]+$/u', '', $prompt ) || 1 !== preg_match( '/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/D', $turn ) ) {
		throw new Refused( 'bad-request' );
	}
	$question = compact( 'prompt', 'turn' );
	if ( isset( $body['language'] ) ) {
		$language = text_of( $body['language'] );
		if ( strlen( $language ) > 35 || 1 !== preg_match( '/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/iD', $language ) ) {
			throw new Refused( 'bad-request' );
		}
		$question['language'] = $language;
	}
	if ( isset( $body['page'] ) ) {
		$page = is_array( $body['page'] ) ? $body['page'] : array();
		$url  = text_of( $page['url'] ?? null );
		if ( strlen( $url ) > 2048 || 1 !== preg_match( '/^https?:\/\/\S+$/iD', $url ) ) {
			throw new Refused( 'bad-request' );
		}
		$title = mb_substr( cleaned( text_of( $page['title'] ?? null ) ), 0, 300 );
		if ( is_page_of( $url, $request->origin ) ) {
			$question['page'] = compact( 'title', 'url' );
		}
	}
	if ( mb_strlen( $prompt ) > (int) setting( 'longestPrompt' ) ) {
		throw new Refused( 'too-long' );
	}
	return $question;
}

/** A page may speak of itself only. */
function is_page_of( string $url, ?string $origin ): bool {
	return null === $origin || 1 === preg_match( '/^' . preg_quote( $origin, '/' ) . '(?![^\/?#])/i', $url );
}

/** @param mixed $value Throws `bad-request` for anything but a text. */
function text_of( $value ): string {
	if ( ! is_string( $value ) ) {
		throw new Refused( 'bad-request' );
	}
	return $value;
}

/** Without NUL, which databases refuse. */
function cleaned( string $text ): string {
	return str_replace( "\0", '', $text );
}
