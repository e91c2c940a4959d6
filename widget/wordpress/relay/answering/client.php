<?php
/** The browser at the other end: gets a turn's events as a stream, or the whole answer at its end. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

final class Client {
	private Request $request;
	private bool $is_whole;
	/** The last event that it has. */
	private int $after;
	/** When the head has to go out; null while that is not decided. */
	private ?int $head_at;
	private bool $is_begun = false;
	private int $spoke;
	private bool $has_text = false;
	/** @var array<int, array{0: int, 1: string, 2: string}> */
	private array $waiting = array();
	private string $turn;
	private string $conversation;

	/**
	 * @param int|null $hold Milliseconds for which the head may wait for the answer, so that an early failure is a status
	 * and not a stream that holds a problem; null until the new conversation is known.
	 */
	public function __construct( Request $request, bool $is_whole, int $after, ?int $hold, string $turn, string $conversation ) {
		$this->request      = $request;
		$this->is_whole     = $is_whole;
		$this->after        = $after;
		$this->head_at      = null === $hold ? null : now_ms() + $hold;
		$this->spoke        = now_ms();
		$this->turn         = $turn;
		$this->conversation = $conversation;
	}

	public function event( int $id, string $name, string $json, bool $is_last ): void {
		// The last event of an ended turn is always sent again: a stream without its end would look cut.
		if ( $id <= $this->after && ! $is_last ) {
			return;
		}
		if ( 'conversation' === $name && null === $this->head_at ) {
			$this->head_at = now_ms() + 250;
		}
		$this->has_text  = $this->has_text || 'delta' === $name;
		$this->waiting[] = array( $id, $name, $json );
		if ( 'delta' === $name || 'done' === $name || $this->is_begun ) {
			$this->flush();
		}
	}

	/** To be called often: sends the head when it has waited long enough, and a sign of life in a silence. */
	public function tick(): void {
		if ( $this->is_whole ) {
			return;
		}
		if ( ! $this->is_begun && null !== $this->head_at && now_ms() >= $this->head_at ) {
			$this->begin();
			$this->flush();
		}
		if ( $this->is_begun && now_ms() - $this->spoke >= 1000 * (float) setting( 'heartbeat' ) ) {
			$this->send( ":\n\n" );
		}
	}

	public function is_gone(): bool {
		return $this->is_begun && 0 !== connection_aborted();
	}

	/** Whether the browser may know anything of the turn. */
	public function is_begun(): bool {
		return $this->is_begun;
	}

	/** Everything has been said. */
	public function finish(): void {
		$last    = end( $this->waiting );
		$problem = is_array( $last ) && 'problem' === $last[1] ? json_decode( $last[2], true ) : null;
		if ( ! $this->is_begun && null !== $problem && ( $this->is_whole || ! $this->has_text ) ) {
			send_reply( Reply::refusal( new Refused( $problem['code'], $problem ) ), $this->request );
			return;
		}
		if ( $this->is_whole ) {
			send_reply( Reply::json( $this->whole() ), $this->request );
			return;
		}
		$this->begin();
		$this->flush();
	}

	/** Ends the response before the turn has ended; a browser that has a conversation comes back for the rest. */
	public function pause(): void {
		if ( $this->is_whole || ( ! $this->is_begun && array() === $this->waiting ) ) {
			send_reply( Reply::refusal( new Refused( 'upstream-busy', array( 'retryAfter' => 2 ) ) ), $this->request );
			return;
		}
		$this->flush();
	}

	private function whole(): array {
		$whole = array(
			'conversation' => $this->conversation,
			'turn'         => $this->turn,
			'message'      => null,
			'answer'       => '',
			'citations'    => array(),
		);
		foreach ( $this->waiting as list( , $name, $json ) ) {
			$data = json_decode( $json, true );
			if ( 'conversation' === $name ) {
				$whole['conversation'] = $data['conversation'];
				$whole['visitor']      = $data['visitor'];
			} elseif ( 'delta' === $name ) {
				$whole['answer'] .= $data['text'];
			} elseif ( 'citations' === $name ) {
				$whole['citations'] = $data;
			} elseif ( 'done' === $name ) {
				$whole['message'] = $data['message'];
			}
		}
		return $whole;
	}

	private function begin(): void {
		if ( $this->is_begun ) {
			return;
		}
		$this->is_begun = true;
		$headers        = array(
			'content-type'      => 'text/event-stream; charset=utf-8',
			'cache-control'     => 'no-cache, no-transform',
			// nginx would otherwise collect the events before passing them on.
			'x-accel-buffering' => 'no',
		);
		send_head( 200, array_merge( $this->request->answer_headers, $headers ) );
	}

	private function flush(): void {
		if ( $this->is_whole || 'HEAD' === $this->request->method ) {
			return;
		}
		$this->begin();
		$text = '';
		foreach ( $this->waiting as list( $id, $name, $json ) ) {
			$text .= "id: $id\nevent: $name\ndata: $json\n\n";
		}
		$this->waiting = array();
		if ( '' !== $text ) {
			$this->send( $text );
		}
	}

	private function send( string $text ): void {
		$this->spoke = now_ms();
		echo $text; // phpcs:ignore WordPress.Security.EscapeOutput -- an event stream of JSON, with its type and nosniff.
		flush();
	}
}
