<?php
/** Writer of a turn: each event goes into the table first, and then to the browser that asked. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** Thrown where the turn is not this request's to write any more. */
final class TurnLost extends \Exception {}

final class Writer {
	/** Milliseconds in which the writer has to be heard of again. */
	const LEASE_MS = 12000;
	/** Milliseconds for which pieces of text are gathered, so that a fast answer costs few statements. */
	const GATHER_MS = 100;
	/** Milliseconds after which an answer that nobody reads is left to the stored messages. */
	const UNHEARD_MS = 10000;

	public Turn $turn;
	private ?Client $client;
	private ?Slot $slot;
	private string $held  = '';
	private int $written  = 0;
	private int $kept;
	private int $looked   = 0;
	private int $size     = 0;
	private int $gone_at  = 0;
	private bool $is_over = false;

	public function __construct( Turn $turn, ?Client $client, ?Slot $slot ) {
		$this->turn   = $turn;
		$this->client = $client;
		$this->slot   = $slot;
		$this->kept   = now_ms();
	}

	public function write( string $text ): void {
		$this->held .= $text;
		$this->size += strlen( $text );
		if ( $this->size > LARGEST_LOG / 8 ) {
			throw new Refused( 'answer-cut' );
		}
		if ( now_ms() - $this->written >= self::GATHER_MS ) {
			$this->flush();
		}
	}

	/** @param array<int, array{0: string, 1: array}> $events Names and data. */
	public function append( array $events ): void {
		$lines = array();
		foreach ( $events as list( $name, $data ) ) {
			$lines[] = event_line( $name, $data );
		}
		if ( ! append_lines( $this->turn, $lines, self::LEASE_MS ) ) {
			throw new TurnLost();
		}
		$this->written = now_ms();
		$this->kept    = $this->written;
		foreach ( $events as $place => list( $name, $data ) ) {
			$this->tell( ++$this->turn->last, $name, to_json( $data ), false );
		}
	}

	public function flush(): void {
		if ( '' === $this->held ) {
			return;
		}
		$text       = $this->held;
		$this->held = '';
		$this->append( array( array( 'delta', array( 'text' => $text ) ) ) );
	}

	/** To be called often, at least each second. Throws `TurnLost` once the turn was stopped, or nobody reads it. */
	public function tick(): void {
		if ( '' !== $this->held && now_ms() - $this->written >= self::GATHER_MS ) {
			$this->flush();
		}
		if ( null !== $this->client ) {
			$this->client->tick();
		}
		if ( null !== $this->slot ) {
			$this->slot->renew();
		}
		if ( now_ms() - $this->kept >= 700 ) {
			$this->kept = now_ms();
			if ( ! keep_turn( $this->turn, self::LEASE_MS ) ) {
				throw new TurnLost();
			}
		}
		if ( now_ms() - $this->looked >= 700 ) {
			$this->looked = now_ms();
			$this->leave_unheard();
		}
	}

	/** Vouches for the turn during a call that does not tick. */
	public function vouch( int $seconds ): void {
		$this->kept = now_ms();
		if ( null !== $this->slot ) {
			$this->slot->renew();
		}
		if ( ! keep_turn( $this->turn, $seconds * 1000 + self::LEASE_MS ) ) {
			throw new TurnLost();
		}
	}

	private function leave_unheard(): void {
		if ( null === $this->client || ! $this->client->is_gone() ) {
			return;
		}
		$this->gone_at = 0 === $this->gone_at ? now_ms() : $this->gone_at;
		$turn          = turn_at( $this->turn->id );
		if ( null !== $turn && now_ms() - max( $turn->heard, $this->gone_at ) > self::UNHEARD_MS ) {
			$this->leave();
			throw new TurnLost();
		}
	}

	public function finish( ?string $message ): void {
		$this->flush();
		$this->end( 'answered', 'done', array( 'message' => $message ) );
	}

	public function fail( Refused $refused, bool $retryable ): void {
		try {
			$this->flush();
		} catch ( TurnLost $lost ) {
			return;
		}
		$this->end( 'failed', 'problem', $refused->body(), $retryable );
	}

	private function end( string $state, string $name, array $data, bool $retryable = false ): void {
		$line = event_line( $name, $data );
		if ( ! end_turn( $this->turn->id, $this->turn->owner, $state, $line, $retryable ) ) {
			throw new TurnLost();
		}
		$this->is_over = true;
		$this->tell( ++$this->turn->last, $name, to_json( $data ), true );
	}

	/** Lets go of a turn that has not ended: whoever asks for it next goes on from here. */
	public function leave(): void {
		if ( ! $this->is_over ) {
			leave_turn( $this->turn );
		}
	}

	private function tell( int $id, string $name, string $json, bool $is_last ): void {
		if ( null !== $this->client ) {
			$this->client->event( $id, $name, $json, $is_last );
		}
	}
}
