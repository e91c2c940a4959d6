<?php
/** Conversation and message ids as browsers see them: sealed, and valid only together with the visitor's token. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** A conversation that a request may use. */
final class Conversation {
	public string $id;
	public string $agent;
	public int $project;
	public string $session;
	public string $visitor;

	public function __construct( string $id, string $agent, int $project, string $session, string $visitor ) {
		$this->id      = $id;
		$this->agent   = $agent;
		$this->project = $project;
		$this->session = $session;
		$this->visitor = $visitor;
	}

	/** By which tables know it. */
	public function name(): string {
		return digest( 'conversation name', $this->id );
	}
}

function seal_conversation( string $agent, int $project, string $session, string $visitor ): Conversation {
	$id = seal( 'conversation', (string) wp_json_encode( array( $agent, $project, $session, $visitor ) ) );
	return new Conversation( $id, $agent, $project, $session, $visitor );
}

/** Null for an unknown id, and for an agent that is no longer the configured one. */
function open_conversation( string $id ): ?Conversation {
	$text = unseal( 'conversation', $id );
	$read = null === $text ? null : json_decode( $text, true );
	if ( ! is_array( $read ) || 4 !== count( $read ) || project_of( $read[0] ) !== $read[1] ) {
		return null;
	}
	return new Conversation( $id, $read[0], $read[1], $read[2], $read[3] );
}

/**
 * The conversation that the path names. Throws `not-allowed` without a valid token or with another visitor's, and
 * `not-found` for an unknown or a deleted conversation.
 */
function own_conversation( Request $request, bool $even_forgotten = false ): Conversation {
	if ( null === $request->header( 'authorization' ) && null === $request->header( 'visitor-identity' ) ) {
		throw new Refused( 'not-allowed' );
	}
	$conversation = open_conversation( $request->part( 'conversation' ) );
	if ( null === $conversation ) {
		throw new Refused( 'not-found' );
	}
	if ( present_visitor( $request, $conversation->agent ) !== $conversation->visitor ) {
		throw new Refused( 'not-allowed' );
	}
	if ( ! $even_forgotten && is_forgotten( $conversation->name() ) ) {
		throw new Refused( 'not-found' );
	}
	return $conversation;
}

function seal_message( Conversation $conversation, int $message ): string {
	return seal( 'message in ' . $conversation->id, (string) $message );
}

/** Throws `not-found` for an id that is not of this conversation. */
function open_message( Conversation $conversation, string $id ): int {
	$text = unseal( 'message in ' . $conversation->id, $id );
	if ( null === $text ) {
		throw new Refused( 'not-found' );
	}
	return (int) $text;
}
