<?php
/** Fields of an answer's pieces (text, sources, id) in all the shapes that were seen. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

function first_choice( array $body ): array {
	$choices = $body['choices'] ?? null;
	$first   = is_array( $choices ) ? reset( $choices ) : null;
	return is_array( $first ) ? $first : array();
}

/** The first of the values that is a text. */
function first_text( ...$values ): ?string {
	foreach ( $values as $value ) {
		if ( is_string( $value ) && '' !== $value ) {
			return $value;
		}
	}
	return null;
}

/** @param mixed $value @return mixed */
function field( $value, string $name ) {
	return is_array( $value ) ? $value[ $name ] ?? null : null;
}

/** The text of a streamed piece, or "". */
function piece_text( array $body ): string {
	$choice = first_choice( $body );
	$delta  = $body['delta'] ?? null;
	return first_text(
		$body['message'] ?? null,
		$body['content'] ?? null,
		$body['openai_response'] ?? null,
		$body['response'] ?? null,
		$delta,
		field( $delta, 'content' ),
		field( $choice['delta'] ?? null, 'content' ),
		field( $choice['message'] ?? null, 'content' ),
		$choice['text'] ?? null,
		$body['text'] ?? null
	) ?? '';
}

/** The text of an answer that came in one JSON body, or null. */
function whole_text( array $body ): ?string {
	return first_text(
		$body['openai_response'] ?? null,
		$body['response'] ?? null,
		$body['answer'] ?? null,
		$body['content'] ?? null,
		field( first_choice( $body )['message'] ?? null, 'content' )
	);
}

/** A piece's list of sources; null when it has none. */
function piece_citations( array $body ): ?array {
	return citation_list( $body['citations'] ?? null ) ?? citation_list( first_choice( $body )['citations'] ?? null );
}

/** A list of citations: a JSON list, one written as text, or a PHP list with gaps. @param mixed $value */
function citation_list( $value ): ?array {
	$list = is_string( $value ) ? json_decode( $value, true ) : $value;
	if ( ! is_array( $list ) || array() !== array_filter( array_keys( $list ), 'is_string' ) ) {
		return null;
	}
	return array_values( $list );
}

/** The service's id of the question and its answer, or null. */
function message_id( array $body ): ?int {
	return id_of( $body['id'] ?? null ) ?? id_of( $body['message_id'] ?? null ) ?? id_of( $body['prompt_id'] ?? null );
}

/** An id as the service writes it: 12061, "12061" or "12061.0". @param mixed $value */
function id_of( $value ): ?int {
	if ( is_int( $value ) || is_float( $value ) ) {
		return $value >= 0 && $value <= 9007199254740991 ? (int) $value : null;
	}
	return is_string( $value ) && 1 === preg_match( '/^\s*\d{1,15}(\.\d*)?\s*$/D', $value ) ? (int) trim( $value ) : null;
}

/** Whether a body without a status has fields that only an error has. */
function has_error( array $body ): bool {
	$status = $body['status'] ?? null;
	return ! empty( $body['error'] )
		|| ! empty( $body['exception'] )
		|| false === ( $body['success'] ?? null )
		|| ( is_int( $status ) && $status >= 400 )
		|| null !== error_code( $body )
		|| ( is_array( $body['errors'] ?? null ) && array() !== $body['errors'] );
}
