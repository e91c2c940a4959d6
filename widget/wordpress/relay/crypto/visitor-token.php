<?php
/** Visitor tokens: signed, bound to an agent and a site, renewed while they are used. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const DAY = 86400;

function new_visitor(): string {
	return base64url( random_bytes( 16 ) );
}

/** @param string|null $origin The site it is good at; null for a client that named none. */
function issue_token( string $visitor, string $agent, ?string $origin ): string {
	$issued  = time();
	$expires = $issued + (int) setting( 'visitorDays' ) * DAY;
	$claims  = compact( 'visitor', 'agent', 'origin', 'issued', 'expires' );
	$signed  = 'v2.' . base64url( (string) wp_json_encode( $claims, JSON_UNESCAPED_SLASHES ) );
	return $signed . '.' . digest( 'visitor token', $signed );
}

/**
 * The visitor of a token and, once it is half through its life or a day old, a fresh token; null when it was not issued
 * here, was altered, has expired, or is for another agent or site.
 *
 * @return array{visitor: string, renewal: string|null}|null
 */
function read_token( string $token, string $agent, ?string $origin ): ?array {
	$dot = strrpos( $token, '.' );
	if ( strlen( $token ) > 2048 || false === $dot ) {
		return null;
	}
	$signed = substr( $token, 0, $dot );
	if ( ! hash_equals( digest( 'visitor token', $signed ), substr( $token, $dot + 1 ) ) || 0 !== strpos( $signed, 'v2.' ) ) {
		return null;
	}
	$claims = json_decode( (string) from_base64url( substr( $signed, 3 ) ), true );
	if ( ! is_array( $claims ) ) {
		return null;
	}
	$now  = time();
	$life = (int) setting( 'visitorDays' ) * DAY;
	// Shorter lives count for tokens that were issued before, too.
	if ( min( $claims['expires'], $claims['issued'] + $life ) <= $now || $claims['agent'] !== $agent ) {
		return null;
	}
	$home = $claims['origin'];
	// A same-origin GET names no origin, so a missing one proves nothing either way.
	if ( null !== $origin && null !== $home && $origin !== $home ) {
		return null;
	}
	$is_old = $now - $claims['issued'] >= min( DAY, $life / 2 );
	return array(
		'visitor' => $claims['visitor'],
		'renewal' => $is_old ? issue_token( $claims['visitor'], $agent, $home ) : null,
	);
}
