<?php
/** Routes of a conversation that has answers: reading it, rating an answer, deleting it. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** `GET …/messages`: the transcript, oldest message first. */
function route_transcript( Request $request ): Reply {
	$conversation = own_conversation( $request );
	count_action( $request, 'read', $conversation->visitor );
	$stored   = guarded_for( $request, $conversation, 'messages', static fn(): array => all_stored( $conversation ) );
	$newest   = end( $stored );
	$until    = now_ms() + 8000;
	$messages = array();
	if ( is_array( $newest ) ) {
		note_message( $conversation->name(), $newest['id'] );
	}
	// The newest answers' sources are looked up first.
	foreach ( array_reverse( $stored ) as $record ) {
		$messages[] = array(
			'message'   => seal_message( $conversation, $record['id'] ),
			'prompt'    => $record['prompt'],
			'answer'    => $record['answer'],
			'citations' => resolve_citations( $conversation->project, $record['citations'], max( 0, $until - now_ms() ) ),
			'reaction'  => $record['reaction'],
		);
	}
	return Reply::json(
		array(
			'conversation' => $conversation->id,
			'messages'     => array_reverse( $messages ),
		)
	);
}

/** `PUT …/messages/{message}/feedback`. A reason is checked and dropped: the service has no field for it. */
function route_feedback( Request $request ): Reply {
	$conversation = own_conversation( $request );
	$message      = open_message( $conversation, $request->part( 'message' ) );
	$body         = read_json_body( $request );
	$reaction     = $body['reaction'] ?? null;
	$reason       = $body['reason'] ?? 'unclear';
	if ( ! in_array( $reaction, array( 'liked', 'disliked', 'neutral' ), true ) || ! in_array( $reason, array( 'incorrect', 'incomplete', 'offTopic', 'unclear' ), true ) ) {
		throw new Refused( 'bad-request' );
	}
	if ( isset( $body['words'] ) ) {
		$words = cleaned( text_of( $body['words'] ) );
		if ( '' === trim( $words ) || mb_strlen( $words ) > 4000 ) {
			throw new Refused( '' === trim( $words ) ? 'bad-request' : 'too-long' );
		}
	}
	count_action( $request, 'rate', $conversation->visitor );
	$path = conversation_path( $conversation ) . '/messages/' . $message . '/feedback';
	$body = array( 'reaction' => $reaction );
	$rate = static fn() => call_service( 'PUT', $path, $body, 'conversation', true );
	guarded_for( $request, $conversation, 'react', $rate );
	return new Reply( 204 );
}

/** `DELETE …`: the service's copy too. 204 also when it was deleted before. */
function route_forget( Request $request ): Reply {
	$conversation = own_conversation( $request, true );
	count_action( $request, 'delete', $conversation->visitor );
	$name = $conversation->name();
	// Marked here first, so that no question in between restores it at the service.
	raise_to( 'forgotten ' . $name, 1, fact_ends() );
	forget_turns( $name );
	try {
		guarded_for( $request, $conversation, 'forget', static fn() => delete_session( $conversation ) );
	} catch ( Refused $refused ) {
		clear_count( 'forgotten ' . $name );
		throw $refused;
	}
	return new Reply( 204 );
}

/** @return mixed */
function guarded_for( Request $request, Conversation $conversation, string $kind, callable $work ) {
	$who  = new Caller( $conversation->visitor, $request->address );
	$call = static fn() => guarded( $kind, $conversation->project, $who, $work );
	return in_short_place( 3000, $call );
}
