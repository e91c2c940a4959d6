<?php
/** Decides whether frames without JSON are the answer's text, or noise between JSON frames. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** A single plain frame can be either, so it waits: for a second one, for a JSON frame with text, or for the end. */
final class BareText {
	/** @var callable */
	private $push;
	/** `undecided`, `text` or `noise`. */
	private string $mode    = 'undecided';
	private string $waiting = '';

	public function __construct( callable $push ) {
		$this->push = $push;
	}

	public function read( string $text ): void {
		if ( 'noise' === $this->mode ) {
			return;
		}
		if ( 'undecided' === $this->mode && '' === $this->waiting ) {
			$this->waiting = $text;
			return;
		}
		$this->mode    = 'text';
		$all           = $this->waiting . $text;
		$this->waiting = '';
		( $this->push )( $all );
	}

	/** A JSON frame contained text. */
	public function others_talk(): void {
		if ( 'undecided' === $this->mode ) {
			$this->mode = 'noise';
		}
		$this->waiting = '';
	}

	public function end(): void {
		$waiting       = $this->waiting;
		$this->waiting = '';
		if ( 'undecided' === $this->mode && '' !== $waiting ) {
			( $this->push )( $waiting );
		}
	}
}
