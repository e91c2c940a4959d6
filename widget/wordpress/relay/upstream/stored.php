<?php
/** Stored messages of a conversation, in all the shapes that were seen, and the search for an answer among them. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const MOST_PAGES = 10;

/** @return array{records: array, more: bool, last: int|null} One page; newest first where the service does as asked. */
function stored_page( Conversation $conversation, int $page, float $timeout ): array {
	$query = http_build_query(
		array(
			'page'  => $page,
			'order' => 'desc',
		)
	);
	$body  = call_service( 'GET', conversation_path( $conversation ) . '/messages?' . $query, null, 'session', false, $timeout );
	$data  = field( $body, 'data' );
	foreach ( array( field( $data, 'messages' ), $data, field( $body, 'messages' ), $body ) as $holder ) {
		if ( ! is_array( $holder ) ) {
			continue;
		}
		$values = citation_list( is_array( $holder['data'] ?? null ) ? $holder['data'] : $holder );
		if ( null === $values ) {
			continue;
		}
		$records = array_values( array_filter( array_map( __NAMESPACE__ . '\record_in', $values ) ) );
		if ( array() === $records && array() !== $values ) {
			break;
		}
		$last    = id_of( $holder['last_page'] ?? null );
		$current = id_of( $holder['current_page'] ?? null );
		$more    = null !== first_text( $holder['next_page_url'] ?? null ) || ( null !== $last && null !== $current && $current < $last );
		return compact( 'records', 'more', 'last' );
	}
	throw new Refused( 'upstream-down' );
}

/** @param mixed $body */
function record_in( $body ): ?array {
	$id = is_array( $body ) ? message_id( $body ) : null;
	if ( null === $id ) {
		return null;
	}
	$feedback = $body['response_feedback'] ?? null;
	$first    = is_array( $feedback ) && isset( $feedback[0] ) ? $feedback[0] : $feedback;
	$reaction = is_array( $first ) ? $first['reaction'] ?? null : $first;
	return array(
		'id'        => $id,
		'prompt'    => first_text( $body['user_query'] ?? null, $body['prompt'] ?? null, $body['query'] ?? null ) ?? '',
		'answer'    => first_text( $body['openai_response'] ?? null, $body['response'] ?? null, $body['answer'] ?? null ) ?? '',
		'citations' => citation_list( $body['citations'] ?? null ) ?? array(),
		'reaction'  => in_array( $reaction, array( 'liked', 'disliked' ), true ) ? $reaction : 'neutral',
	);
}

/** Everything, oldest first; of a conversation beyond ten pages the newest ten. All of it within half a minute. */
function all_stored( Conversation $conversation ): array {
	$until   = microtime( true ) + 25;
	$records = array();
	$first   = stored_page( $conversation, 1, 20.0 );
	$skipped = false === is_newest_first( $first['records'] ) ? max( 0, (int) $first['last'] - MOST_PAGES ) : 0;
	for ( $number = $skipped + 1; $number <= $skipped + MOST_PAGES; $number++ ) {
		$page   = 1 === $number ? $first : stored_page( $conversation, $number, max( 1.0, $until - microtime( true ) ) );
		$before = count( $records );
		foreach ( $page['records'] as $record ) {
			$records[ $record['id'] ] = $records[ $record['id'] ] ?? $record;
		}
		// A page without new records comes from a service that has no pages.
		if ( ! $page['more'] || count( $records ) === $before ) {
			break;
		}
	}
	ksort( $records );
	return array_values( $records );
}

/** Whether records are in the requested order; null when there are too few. */
function is_newest_first( array $records ): ?bool {
	$last = end( $records );
	return count( $records ) > 1 ? $records[0]['id'] > $last['id'] : null;
}

/**
 * The stored answer to this question that continues where the stream ended, and what is missing of it; or null.
 *
 * @param int $newer Only a message after this one can be it.
 * @return array{record: array, rest: string}|null
 */
function find_stored( Conversation $conversation, string $prompt, int $newer, string $streamed ): ?array {
	try {
		$page    = stored_page( $conversation, 1, 5.0 );
		$records = $page['records'];
		if ( null !== $page['last'] && $page['last'] > 1 && true !== is_newest_first( $records ) ) {
			$records = array_merge( $records, stored_page( $conversation, $page['last'], 5.0 )['records'] );
		}
	} catch ( Refused $refused ) {
		return null;
	}
	usort( $records, static fn( array $a, array $b ): int => $b['id'] <=> $a['id'] );
	foreach ( $records as $record ) {
		if ( $record['id'] <= $newer ) {
			return null;
		}
		if ( '' === trim( $record['answer'] ) || one_spaced( $record['prompt'] ) !== one_spaced( $prompt ) ) {
			continue;
		}
		$rest = continuation( $record['answer'], $streamed );
		if ( null !== $rest ) {
			return compact( 'record', 'rest' );
		}
	}
	return null;
}
