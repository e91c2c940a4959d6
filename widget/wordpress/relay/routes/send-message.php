<?php
/** `POST /v1/conversations/{conversation}/messages`: asks a further question in a conversation. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

function route_send( Request $request ): ?Reply {
	$conversation            = own_conversation( $request );
	$question                = read_question( $request );
	$key                     = turn_key( $conversation, $question['turn'] );
	list( $turn, $is_begun ) = claim_turn( $key, $question['prompt'], $conversation, null );
	if ( ! $is_begun ) {
		join_turn( $request, $turn, $question['turn'], $conversation->id, $conversation->visitor );
		return null;
	}
	$lease  = admit_turn( $turn, static fn(): Lease => admit( $request, $conversation->agent, $conversation->visitor, false ) );
	$client = new Client( $request, wants_whole( $request ), 0, 5000, $question['turn'], $conversation->id );
	$writer = new Writer( $turn, $client, $lease->slot );
	answer_turn( $writer, $client, $lease, static fn(): bool => ask( $writer, $conversation, $question, false, new Caller( $conversation->visitor, $request->address ) ) );
	return null;
}
