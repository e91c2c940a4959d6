<?php
/** Turns in the table: claimed once, joined by everybody else, stopped, and let go of. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** A row of the table, without its log. */
final class Turn {
	public int $id;
	public string $digest;
	public string $asked;
	public string $sealed;
	public string $prompt;
	public int $newer;
	public string $owner;
	public int $lease;
	public int $heard;
	public string $state;
	public bool $retryable;
	public int $last;

	public function __construct( array $row ) {
		$this->id        = (int) $row['id'];
		$this->digest    = (string) $row['digest'];
		$this->asked     = (string) $row['asked'];
		$this->sealed    = (string) $row['sealed'];
		$this->prompt    = (string) $row['prompt'];
		$this->newer     = (int) $row['newer'];
		$this->owner     = (string) $row['owner'];
		$this->lease     = (int) $row['lease'];
		$this->heard     = (int) $row['heard'];
		$this->state     = (string) $row['state'];
		$this->retryable = 1 === (int) $row['retryable'];
		$this->last      = (int) $row['last'];
	}

	public function is_running(): bool {
		return 'running' === $this->state;
	}

	/** Whether nobody writes it any more: its worker died, or left it because nobody read it. */
	public function is_adrift(): bool {
		return $this->is_running() && $this->lease < now_ms();
	}
}

const TURN_COLUMNS = 'id, digest, asked, sealed, prompt, newer, owner, lease, heard, state, retryable, last';

function turn_key( Conversation $conversation, string $turn ): string {
	return digest( 'turn', 'in ' . $conversation->id . ' ' . strtolower( $turn ) );
}

/** Key of a turn that starts a conversation, for a visitor with a token or, with null, without one. */
function first_turn_key( string $agent, ?string $origin, ?string $visitor, string $turn ): string {
	return digest( 'turn', (string) wp_json_encode( array( 'new', $agent, $origin, $visitor, $turn ) ) );
}

function find_turn( string $key ): ?Turn {
	$row = row_of( 'SELECT ' . TURN_COLUMNS . ' FROM ' . table( 'turns' ) . ' WHERE k1 = %s OR k2 = %s OR k3 = %s', $key, $key, $key );
	return null === $row ? null : new Turn( $row );
}

function turn_at( int $id ): ?Turn {
	$row = row_of( 'SELECT ' . TURN_COLUMNS . ' FROM ' . table( 'turns' ) . ' WHERE id = %d', $id );
	return null === $row ? null : new Turn( $row );
}

/**
 * The turn under this key, and whether it is this request's to ask. Throws `not-allowed` when it belongs to another
 * visitor, `bad-request` when the key stands for another question, `too-many` while the conversation's last question is
 * being answered. `$digest` is null for a request that is known by its token.
 *
 * @return array{0: Turn, 1: bool}
 */
function claim_turn( string $key, string $prompt, ?Conversation $conversation, ?string $digest ): array {
	global $wpdb;
	$table   = table( 'turns' );
	$talking = null === $conversation ? null : $conversation->name();
	$asked   = digest( 'question', $prompt );
	for ( $try = 0; $try < 3; $try++ ) {
		$known = find_turn( $key );
		if ( null !== $known ) {
			$can_be_asked = $known->retryable && 'failed' === $known->state;
			if ( ! is_theirs( $known->digest, $digest ) && ! ( '' === $known->digest && $can_be_asked ) ) {
				throw new Refused( 'not-allowed' );
			}
			if ( ! hash_equals( $known->asked, $asked ) ) {
				throw new Refused( 'bad-request' );
			}
			if ( ! $can_be_asked ) {
				return array( $known, false );
			}
			change( "DELETE FROM $table WHERE id = %d AND state = 'failed' AND retryable = 1", $known->id );
		}
		if ( null !== $talking ) {
			refuse_while_talking( $talking );
		}
		$owner = base64url( random_bytes( 12 ) );
		$now   = now_ms();
		$names = 'k1, digest, asked, prompt, owner, lease, began, log';
		$marks = "%s, %s, %s, %s, %s, %d, %d, ''";
		$given = array( $key, (string) $digest, $asked, seal( 'prompt', $prompt ), $owner, $now + 30000, $now );
		if ( null !== $conversation ) {
			$names .= ', talking, conversation, sealed';
			$marks .= ', %s, %s, %s';
			array_push( $given, $talking, $talking, seal( 'held conversation', $conversation->id ) );
		}
		if ( 1 === change( "INSERT IGNORE INTO $table ($names) VALUES ($marks)", ...$given ) ) {
			$turn = find_turn( $key );
			if ( null !== $turn && $turn->owner === $owner ) {
				return array( $turn, true );
			}
		}
	}
	throw new Refused( 'upstream-busy', array( 'retryAfter' => 2 ) );
}

/** Answers do not name their question, so two at once in one conversation could be mixed up. */
function refuse_while_talking( string $talking ): void {
	$row = row_of( 'SELECT ' . TURN_COLUMNS . ' FROM ' . table( 'turns' ) . ' WHERE talking = %s', $talking );
	if ( null === $row ) {
		return;
	}
	$turn = new Turn( $row );
	// Left by its worker, and read by nobody since: one look at the stored messages settles it.
	if ( ! $turn->is_adrift() || ! recover_turn( $turn, null, array( 0 ), $turn->lease < now_ms() - 60000 ) ) {
		throw new Refused( 'too-many', array( 'retryAfter' => 2 ) );
	}
}

/** Takes back a turn whose question was refused before it was asked. */
function release_turn( Turn $turn ): void {
	change( 'DELETE FROM ' . table( 'turns' ) . ' WHERE id = %d AND owner = %s', $turn->id, $turn->owner );
}

/** Takes over a turn that nobody writes; exact under race. Null when another request was faster. */
function take_over( Turn $turn, int $lease_ms ): ?Turn {
	$owner = base64url( random_bytes( 12 ) );
	$sql   = 'UPDATE ' . table( 'turns' ) . " SET owner = %s, lease = %d WHERE id = %d AND state = 'running' AND owner = %s AND lease = %d";
	if ( 1 !== change( $sql, $owner, now_ms() + $lease_ms, $turn->id, $turn->owner, $turn->lease ) ) {
		return null;
	}
	return turn_at( $turn->id );
}

/** Ends every turn of a deleted conversation, and lets go of them. */
function forget_turns( string $conversation ): void {
	$table = table( 'turns' );
	change( "UPDATE $table SET state = 'stopped', talking = NULL WHERE conversation = %s AND state = 'running'", $conversation );
	change( "DELETE FROM $table WHERE conversation = %s", $conversation );
}
