<?php
/** Recovery of a turn whose worker died or left: reads the stored answer, and never asks again. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/**
 * Looks for the answer after each of the waits. Returns whether the turn has ended.
 *
 * @param callable|null $wait Waits for so many seconds; false when nobody waits any more.
 * @param array<int, int|float> $waits
 * @param bool $gives_up Whether the turn is ended as cut when the answer is not found.
 */
function recover_turn( Turn $adrift, ?callable $wait, array $waits, bool $gives_up ): bool {
	$turn = take_over( $adrift, 20000 );
	if ( null === $turn ) {
		return false;
	}
	$writer = new Writer( $turn, null, null );
	try {
		$conversation = open_conversation( (string) unseal( 'held conversation', $turn->sealed ) );
		if ( null === $conversation ) {
			// Events name the conversation before its question is asked; without one, nothing was asked.
			$writer->fail( new Refused( 'upstream-down' ), true );
			return true;
		}
		$prompt = (string) unseal( 'prompt', $turn->prompt );
		$told   = told_so_far( $turn->id );
		foreach ( $waits as $seconds ) {
			if ( $seconds > 0 ) {
				$writer->vouch( (int) ceil( $seconds ) + 8 );
				if ( null === $wait || ! $wait( $seconds ) ) {
					$writer->leave();
					return false;
				}
			}
			$found = find_stored( $conversation, $prompt, $turn->newer, $told['text'] );
			if ( null !== $found ) {
				write_stored( $writer, $conversation, $found, $told['is_cited'] );
				return true;
			}
		}
		if ( $gives_up ) {
			$writer->fail( new Refused( 'answer-cut' ), false );
			return true;
		}
		$writer->leave();
		return false;
	} catch ( TurnLost $lost ) {
		return false;
	}
}

/** @return array{text: string, is_cited: bool} What a turn's events have told. */
function told_so_far( int $id ): array {
	$text     = '';
	$is_cited = false;
	$read     = read_log( $id, 0 );
	foreach ( null === $read ? array() : $read[1] as list( $name, $json ) ) {
		if ( 'delta' === $name ) {
			$text .= json_decode( $json, true )['text'];
		}
		$is_cited = $is_cited || 'citations' === $name;
	}
	return compact( 'text', 'is_cited' );
}

/** @param array{record: array, rest: string} $found */
function write_stored( Writer $writer, Conversation $conversation, array $found, bool $is_cited ): void {
	if ( '' !== $found['rest'] ) {
		$guard = new KeyGuard();
		$writer->write( $guard->pass( $found['rest'] ) . $guard->rest() );
	}
	if ( ! $is_cited ) {
		write_citations( $writer, $conversation, $found['record']['citations'] );
	}
	note_message( $conversation->name(), $found['record']['id'] );
	$writer->finish( seal_message( $conversation, $found['record']['id'] ) );
}
