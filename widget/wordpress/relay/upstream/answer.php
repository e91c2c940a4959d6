<?php
/** Reader of one answer: collects text, sources and message id from a stream or a JSON body, and how it ended. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

final class Answer {
	/** Bytes of an answer at most. */
	const LARGEST = 400000;

	/** All text so far, also what is still held back. */
	public string $text      = '';
	public bool $is_finished = false;
	/** What follows is ignored: it is finished, or an error arrived. */
	public bool $is_over     = false;
	public ?int $message     = null;
	public ?array $citations = null;
	/** @var array{words: string, status: int|null}|null */
	public ?array $error     = null;
	private KeyGuard $guard;
	/** @var callable */
	private $write;
	private Frames $frames;
	/** `unknown`, `frames` or `json`, by the first letter. */
	private string $kind  = 'unknown';
	private string $begun = '';
	private BareText $bare;

	public function __construct( KeyGuard $guard, callable $write ) {
		$this->guard  = $guard;
		$this->write  = $write;
		$this->frames = new Frames( array( $this, 'frame' ) );
		$this->bare   = new BareText( array( $this, 'push' ) );
	}

	public function read( string $bytes ): void {
		if ( 'frames' === $this->kind ) {
			$this->frames->read( $bytes );
			return;
		}
		$this->begun .= $bytes;
		if ( strlen( $this->begun ) > Frames::LARGEST ) {
			throw new Refused( 'answer-cut' );
		}
		if ( 'json' === $this->kind ) {
			return;
		}
		$start = ltrim( (string) preg_replace( '/^\xef\xbb\xbf/', '', $this->begun ) );
		if ( '' === $start || strlen( $this->begun ) < 3 ) {
			return;
		}
		if ( '<' === $start[0] ) {
			throw new Refused( 'upstream-down' );
		}
		$this->kind = '{' === $start[0] ? 'json' : 'frames';
		if ( 'frames' === $this->kind ) {
			$this->frames->read( $start );
		}
	}

	/** The body has ended. */
	public function end_frames(): void {
		if ( 'json' === $this->kind && ! $this->is_over ) {
			$whole = json_decode( trim( $this->begun ), true );
			if ( is_array( $whole ) ) {
				$this->read_json( $whole );
			} else {
				$this->frame( '', $this->begun );
			}
		}
		if ( 'frames' === $this->kind ) {
			$this->frames->end();
		}
		$this->bare->end();
	}

	public function frame( string $event, ?string $data ): void {
		if ( $this->is_over ) {
			return;
		}
		$name    = strtolower( trim( $event ) );
		$trimmed = trim( (string) $data );
		if ( '[DONE]' === $trimmed || 'DONE' === $trimmed ) {
			$this->finish();
			return;
		}
		$objects = objects_in( $trimmed );
		foreach ( $objects as $object ) {
			if ( ! $this->is_over ) {
				$this->read_object( $object, $name );
			}
		}
		if ( array() === $objects ) {
			$this->read_plain( (string) $data, $trimmed, $name );
		}
	}

	private function read_plain( string $data, string $trimmed, string $name ): void {
		$value   = json_decode( $trimmed, true );
		$words   = is_string( $value ) ? $value : $data;
		$meaning = meaning_of_word( $name );
		if ( 'finish' === $meaning ) {
			$this->finish();
		} elseif ( 'error' === $meaning ) {
			$this->fail( trim( $words ), null );
		} elseif ( 'progress' === $meaning && 'null' !== $trimmed && '' !== $data && 1 !== preg_match( '/^(\{|\[\s*\{)/', $trimmed ) ) {
			$this->bare->read( $words );
		}
	}

	private function read_object( array $body, string $name ): void {
		$meaning = meaning_of( $body, $name );
		if ( 'error' === $meaning ) {
			$this->fail( error_message( $body ), error_code( $body ) );
			return;
		}
		if ( 'finish' === $meaning ) {
			$data = is_array( $body['data'] ?? null ) ? $body['data'] : array();
			$this->read_last( array_merge( $data, $body ) );
			return;
		}
		$this->cite( $body, false );
		if ( 'progress' !== $meaning ) {
			return;
		}
		$piece = piece_text( $body );
		if ( '' !== $piece ) {
			$this->bare->others_talk();
			$this->push( $piece );
		}
		// Sources may follow in a piece of their own, so this does not end the reading.
		$this->is_finished = $this->is_finished || null !== first_text( first_choice( $body )['finish_reason'] ?? null );
	}

	private function read_json( array $body ): void {
		if ( 'error' === ( $body['status'] ?? null ) || ( has_error( $body ) && null === whole_text( $body ) ) ) {
			$this->fail( error_message( $body ), error_code( $body ) );
			return;
		}
		$data = $body['data'] ?? null;
		$this->read_last( is_array( $data ) && null === whole_text( $body ) ? $data : $body );
	}

	private function read_last( array $body ): void {
		$this->bare->end();
		// Nothing new, the rest, or (when none was streamed) the whole text.
		$full = whole_text( $body ) ?? piece_text( $body );
		if ( '' === $this->text || 0 === strpos( $full, $this->text ) ) {
			$this->push( substr( $full, strlen( $this->text ) ) );
		}
		$this->cite( $body, true );
		$this->message = message_id( $body );
		$this->finish();
	}

	private function cite( array $body, bool $is_last ): void {
		$found = piece_citations( $body );
		if ( null === $found ) {
			return;
		}
		$all             = null === $this->citations || ( $is_last && array() !== $found ) ? $found : array_merge( $this->citations, $found );
		$this->citations = array_slice( array_values( array_unique( $all, SORT_REGULAR ) ), 0, 200 );
	}

	private function finish(): void {
		$this->bare->end();
		$this->is_finished = true;
		$this->is_over     = true;
	}

	private function fail( string $words, ?int $status ): void {
		$this->error   = compact( 'words', 'status' );
		$this->is_over = true;
	}

	public function push( string $text ): void {
		if ( strlen( $this->text ) + strlen( $text ) > self::LARGEST ) {
			throw new Refused( 'answer-cut' );
		}
		$this->text .= $text;
		$safe        = $this->guard->pass( $text );
		if ( '' !== $safe ) {
			( $this->write )( $safe );
		}
	}

	/** Writes what was held back, when the answer is complete. */
	public function end_text(): void {
		$rest = $this->guard->rest();
		if ( '' !== $rest ) {
			( $this->write )( $rest );
		}
	}
}
