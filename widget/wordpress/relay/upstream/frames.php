<?php
/** Decoder of server-sent events, as tolerant as the service's variants need: any line end, several data lines. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

final class Frames {
	const LARGEST = 4000000;
	/** Takes an event's name, "" for none, and its data, null for none. @var callable */
	private $take;
	private string $line       = '';
	private bool $after_return = false;
	private string $event      = '';
	private ?string $data      = null;

	public function __construct( callable $take ) {
		$this->take = $take;
	}

	public function read( string $bytes ): void {
		if ( '' === $bytes ) {
			return;
		}
		// The line feed of a CRLF whose carriage return ended the bytes before.
		if ( $this->after_return && "\n" === $bytes[0] ) {
			$bytes = substr( $bytes, 1 );
		}
		$this->after_return = "\r" === substr( $bytes, -1 ) || ( '' === $bytes && $this->after_return );
		$lines              = preg_split( '/\r\n?|\n/', $this->line . $bytes );
		$this->line         = (string) array_pop( $lines );
		foreach ( $lines as $line ) {
			$this->read_line( $line );
		}
		if ( strlen( $this->line ) + strlen( (string) $this->data ) > self::LARGEST ) {
			throw new Refused( 'answer-cut' );
		}
	}

	/** Passes on a last event without a blank line after it. */
	public function end(): void {
		if ( '' !== $this->line ) {
			$this->read_line( $this->line );
		}
		$this->line = '';
		$this->read_line( '' );
	}

	private function read_line( string $line ): void {
		if ( '' === $line ) {
			if ( '' !== $this->event || null !== $this->data ) {
				( $this->take )( $this->event, $this->data );
			}
			$this->event = '';
			$this->data  = null;
			return;
		}
		$parts = explode( ':', $line, 2 );
		$value = $parts[1] ?? '';
		$value = '' !== $value && ' ' === $value[0] ? substr( $value, 1 ) : $value;
		if ( 'event' === $parts[0] ) {
			$this->event = $value;
		} elseif ( 'data' === $parts[0] ) {
			$this->data = null === $this->data ? $value : $this->data . "\n" . $value;
		}
	}
}
