<?php
/** `POST /v1/agents/{agent}/conversations`: starts a conversation and answers its first question in one request. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

function route_start( Request $request ): ?Reply {
	list( $agent, $project ) = named_agent( $request );
	$present                 = present_visitor( $request, $agent );
	$visitor                 = $present ?? new_visitor();
	$who                     = new Caller( $visitor, $request->address );
	$question                = read_question( $request );
	$key                     = first_turn_key( $agent, $request->origin, $present, $question['turn'] );
	$digest                  = null === $present ? turn_digest( $request ) : null;
	list( $turn, $is_begun ) = claim_turn( $key, $question['prompt'], null, $digest );
	if ( ! $is_begun ) {
		join_turn( $request, $turn, $question['turn'], '', $present );
		return null;
	}
	$lease  = admit_turn(
		$turn,
		static function () use ( $request, $agent, $visitor, $present ): Lease {
			if ( null === $present ) {
				demand_proof( $request, $agent );
			}
			return admit( $request, $agent, $visitor, null === $present );
		}
	);
	$client = new Client( $request, wants_whole( $request ), 0, null, $question['turn'], '' );
	$writer = new Writer( $turn, $client, $lease->slot );
	if ( null === $present ) {
		note_newcomer();
	}
	$opened = null;
	answer_turn(
		$writer,
		$client,
		$lease,
		static function () use ( $writer, $request, $agent, $project, $who, $question, &$opened ): bool {
			$opened = begin_conversation( $writer, $request, $agent, $project, $who, $question['turn'] );
			return null === $opened ? true : ask( $writer, $opened, $question, true, $who );
		}
	);
	if ( null !== $opened && ! $client->is_begun() ) {
		drop_unused( $writer, $opened );
	}
	return null;
}

/** Null when the service began none; the turn has failed then. */
function begin_conversation( Writer $writer, Request $request, string $agent, int $project, Caller $who, string $turn ): ?Conversation {
	$writer->vouch( 20 );
	try {
		$session = guarded( 'begin', $project, $who, static fn(): string => begin_session( $project ) );
	} catch ( Refused $refused ) {
		$writer->fail( $refused, true );
		return null;
	}
	$visitor      = $who->visitor;
	$conversation = seal_conversation( $agent, $project, $session, $visitor );
	$again        = first_turn_key( $agent, $request->origin, $visitor, $turn );
	// Sent again it is the same turn, in the conversation or, with the token that it brought, once more as a beginning.
	if ( ! open_turn( $writer->turn, $conversation, turn_key( $conversation, $turn ), $again ) ) {
		throw new TurnLost();
	}
	$event = array(
		'conversation' => $conversation->id,
		'visitor'      => issue_token( $visitor, $agent, $request->origin ),
	);
	$writer->append( array( array( 'conversation', $event ) ) );
	return $conversation;
}

/** Deletes a conversation in which the service took no question and which no browser knows. */
function drop_unused( Writer $writer, Conversation $conversation ): void {
	$turn = turn_at( $writer->turn->id );
	if ( null === $turn || 'failed' !== $turn->state || ! $turn->retryable || $turn->heard > 0 ) {
		return;
	}
	finish_response();
	try {
		delete_session( $conversation );
	} catch ( Refused $refused ) {
		return; // One more empty conversation is no reason to try again.
	}
}
