<?php
/** Asking: the service's answer is written into the turn, to its end or until nobody wants it. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** Problems with which the service rejects a question, unless it had accepted it before. */
const NOT_TAKEN = array( 'upstream-busy', 'too-many', 'budget-used-up', 'agent-unavailable', 'bad-request', 'too-long', 'not-found' );

/**
 * Asks the question, once, and writes the answer. Returns whether the service surely did not take it.
 *
 * @param array $question As `read_question` gives it.
 * @param Caller $who Who asks.
 */
function ask( Writer $writer, Conversation $conversation, array $question, bool $is_untried, Caller $who ): bool {
	$answer = new Answer( new KeyGuard(), array( $writer, 'write' ) );
	$newer  = newest_message( $conversation->name() );
	change( 'UPDATE ' . table( 'turns' ) . ' SET newer = %d WHERE id = %d', $newer, $writer->turn->id );
	$writer->vouch( 1 );
	$is_accepted = false;
	try {
		$work = static function () use ( $answer, $writer, $conversation, $question, $is_untried, $newer, &$is_accepted ): array {
			$missing = stream_answer( $answer, $writer, $conversation, $question, $is_untried, $is_accepted );
			return complete_answer( $answer, $missing, $writer, $conversation, $question['prompt'], $newer );
		};
		list( $message, $sources ) = guarded( 'ask', $conversation->project, $who, $work );
		$answer->end_text();
		$writer->flush();
		write_citations( $writer, $conversation, $sources );
		if ( null !== $message ) {
			note_message( $conversation->name(), $message );
		}
		$writer->finish( null === $message ? null : seal_message( $conversation, $message ) );
		return false;
	} catch ( Refused $refused ) {
		$is_retryable = ! $is_accepted && in_array( $refused->problem, NOT_TAKEN, true ) && empty( $refused->details['unsure'] );
		$writer->fail( $refused, $is_retryable );
		return $is_retryable;
	}
}

/** Takes from the stored messages what the stream lacks: the rest of the text, the message's id, the sources. */
function complete_answer( Answer $answer, ?Refused $missing, Writer $writer, Conversation $conversation, string $prompt, int $newer ): array {
	if ( null === $missing && null !== $answer->message ) {
		return array( $answer->message, $answer->citations ?? array() );
	}
	// What was finished is stored; only an answer whose stream broke may still be written.
	$waits = null === $missing || $answer->is_finished ? array( 0 ) : array( 0, 0.5, 1.5, 3 );
	$found = null;
	foreach ( $waits as $seconds ) {
		$writer->vouch( 10 );
		if ( $seconds > 0 ) {
			usleep( (int) ( $seconds * 1000000 ) );
		}
		$found = find_stored( $conversation, $prompt, $newer, $answer->text );
		if ( null !== $found ) {
			break;
		}
	}
	if ( null !== $missing ) {
		if ( null === $found ) {
			throw $missing;
		}
		$answer->push( $found['rest'] );
		$stored = $found['record']['citations'];
		return array( $found['record']['id'], array() === $stored ? $answer->citations ?? array() : $stored );
	}
	if ( null === $found ) {
		return array( null, $answer->citations ?? array() );
	}
	return array( $found['record']['id'], $answer->citations ?? $found['record']['citations'] );
}

/**
 * Reads the stream to its end. Null when the answer is whole, otherwise the failure that it is unless the stored
 * messages have the rest; throws where they cannot help.
 */
function stream_answer( Answer $answer, Writer $writer, Conversation $conversation, array $question, bool $is_untried, bool &$is_accepted ): ?Refused {
	$about  = $is_untried ? 'conversation' : 'session';
	$stream = new UpstreamStream(
		conversation_path( $conversation ) . '/messages?' . http_build_query( array_merge( array( 'stream' => 'true' ), language_of( $question ) ) ),
		question_body( $question ),
		static function ( string $bytes ) use ( $answer ): bool {
			$answer->read( $bytes );
			return ! $answer->is_over;
		},
		array( $writer, 'tick' )
	);
	try {
		$broken = $stream->run( $about );
	} finally {
		$is_accepted = $stream->is_accepted;
	}
	if ( $broken instanceof Refused ) {
		return $broken;
	}
	$answer->end_frames();
	if ( null !== $answer->error ) {
		if ( '' !== $answer->text ) {
			throw new Refused( 'answer-cut' );
		}
		throw failure_in_stream( $answer->error['words'], $answer->error['status'], $about );
	}
	if ( $answer->is_finished ) {
		return '' === trim( $answer->text ) ? new Refused( 'answer-cut' ) : null;
	}
	// A service that is silent from the start is down; otherwise its answer had started.
	return new Refused( 'timeout' === $broken && '' === $answer->text ? 'upstream-down' : 'answer-cut' );
}

function question_body( array $question ): array {
	$body = array(
		'prompt'          => $question['prompt'],
		'response_source' => 'default',
		'stream'          => true,
	);
	$context = isset( $question['page'] ) ? page_context( $question['page'] ) : null;
	if ( null !== $context ) {
		$body['custom_context'] = $context;
	}
	return $body;
}

function language_of( array $question ): array {
	$language = $question['language'] ?? '';
	return 1 === preg_match( '/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/D', $language ) ? array( 'lang' => $language ) : array();
}
