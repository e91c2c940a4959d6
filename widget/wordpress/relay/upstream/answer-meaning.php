<?php
/** Meaning of the frames of an answer's stream: by their status, their event's name or their fields. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** Statuses and event names; the first four and `complete` are documented, the others are likely variants. */
const FRAME_MEANINGS = array(
	'start'     => 'start',
	'progress'  => 'progress',
	'finish'    => 'finish',
	'error'     => 'error',
	'complete'  => 'finish',
	'completed' => 'finish',
	'finished'  => 'finish',
	'done'      => 'finish',
	'success'   => 'finish',
	'message'   => 'progress',
	''          => 'progress',
);

function meaning_of_word( string $word ): string {
	return FRAME_MEANINGS[ $word ] ?? 'unknown';
}

/** One object, or one a line where the blank lines between them were lost. */
function objects_in( string $data ): array {
	$value = json_decode( $data, true );
	if ( null !== $value || 'null' === $data ) {
		return is_array( $value ) && '{' === $data[0] ? array( $value ) : array();
	}
	$objects = array();
	foreach ( array_filter( array_map( 'trim', explode( "\n", $data ) ), 'strlen' ) as $line ) {
		$object = '{' === $line[0] ? json_decode( $line, true ) : null;
		if ( ! is_array( $object ) ) {
			return array();
		}
		$objects[] = $object;
	}
	return $objects;
}

function meaning_of( array $body, string $name ): string {
	$status  = is_string( $body['status'] ?? null ) ? strtolower( trim( $body['status'] ) ) : '';
	$meaning = meaning_of_word( '' === $status ? $name : $status );
	if ( 'error' === $meaning || '' !== $status ) {
		return $meaning;
	}
	if ( has_error( $body ) ) {
		return 'error';
	}
	$inner = $body['data'] ?? null;
	return is_array( $inner ) && '' === piece_text( $body ) && null !== whole_text( $inner ) ? 'finish' : $meaning;
}
