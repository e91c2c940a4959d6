<?php
/** Proof of work before a new visitor's first question: challenges in the form the widget solves, each used once. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** The proxy's own numbers; PBKDF2 because browsers compute it without a Worker. */
const PROOF = array(
	'algorithm' => 'PBKDF2/SHA-256',
	'cost'      => 2500,
	'keyLength' => 32,
	'keyPrefix' => '00',
	'life'      => 300,
);

/** Throws `not-allowed` with a challenge when one is required and no valid solution was sent. */
function demand_proof( Request $request, string $agent ): void {
	$mode = setting( 'proofOfWork' );
	if ( 'never' === $mode ) {
		return;
	}
	$header = $request->header( 'visitor-proof' );
	if ( null !== $header && is_solved( $header, $agent, $request->origin ) ) {
		return;
	}
	if ( 'busy' === $mode && ! is_busy() ) {
		return;
	}
	throw new Refused( 'not-allowed', array( 'proof' => new_challenge( $agent, $request->origin ) ) );
}

/** While all places but one are taken, or many visitors have come within a minute. */
function is_busy(): bool {
	return slots_taken() * 2 > max( 2, (int) setting( 'streams' ) ) || counted( newcomer_window() ) > 60;
}

function note_newcomer(): void {
	take_one( newcomer_window(), PHP_INT_MAX >> 1, now_ms() + 120000 );
}

function newcomer_window(): string {
	return 'newcomers ' . intdiv( time(), 60 );
}

function proof_signature( array $parameters ): string {
	return hash_hmac( 'sha256', to_json( $parameters ), derived_key( 'proof of work' ) );
}

function new_challenge( string $agent, ?string $origin ): array {
	// In the order of its keys' letters, in which it is signed.
	$parameters = array(
		'algorithm' => PROOF['algorithm'],
		'cost'      => PROOF['cost'],
		'data'      => compact( 'agent', 'origin' ),
		'expiresAt' => time() + PROOF['life'],
		'keyLength' => PROOF['keyLength'],
		'keyPrefix' => PROOF['keyPrefix'],
		'nonce'     => bin2hex( random_bytes( 16 ) ),
		'salt'      => bin2hex( random_bytes( 16 ) ),
	);
	return array(
		'parameters' => $parameters,
		'signature'  => proof_signature( $parameters ),
	);
}

function is_solved( string $header, string $agent, ?string $origin ): bool {
	$given = strlen( $header ) > 2000 ? null : json_decode( (string) base64_decode( $header, true ), true );
	$asked = field( field( $given, 'challenge' ), 'parameters' );
	$sign  = field( field( $given, 'challenge' ), 'signature' );
	$count = field( field( $given, 'solution' ), 'counter' );
	$key   = field( field( $given, 'solution' ), 'derivedKey' );
	if ( ! is_array( $asked ) || ! is_string( $sign ) || ! is_int( $count ) || $count < 0 || $count > 0xffffffff || ! is_string( $key ) ) {
		return false;
	}
	ksort( $asked );
	if ( ! hash_equals( proof_signature( $asked ), $sign ) || $asked['expiresAt'] <= time() || compact( 'agent', 'origin' ) !== $asked['data'] ) {
		return false;
	}
	// A challenge is used up by the try, not by its success: each guess costs a new challenge.
	if ( ! take_one( 'proof ' . $sign, 1, ( $asked['expiresAt'] + 1 ) * 1000 ) ) {
		return false;
	}
	$password = (string) hex2bin( $asked['nonce'] ) . pack( 'N', $count );
	$expected = hash_pbkdf2( 'sha256', $password, (string) hex2bin( $asked['salt'] ), $asked['cost'], PROOF['keyLength'], true );
	return hash_equals( bin2hex( $expected ), $key ) && 0 === strpos( $key, PROOF['keyPrefix'] );
}
