<?php
/** Guard of the key: an answer that would contain it is cut, and a body that carries it is refused. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

final class KeyGuard {
	/** Letters of the key in a row that no normal text has; fewer are held back. */
	const TELLING    = 24;
	const SUSPICIOUS = 12;
	const SHORTEST   = 10;
	/** @var string[] */
	private array $starts;
	private string $held = '';

	public function __construct() {
		$this->starts = self::starts();
	}

	/** Beginnings of the key, and of what stands behind its pipe. @return string[] */
	private static function starts(): array {
		$key    = api_key();
		$pipe   = strpos( $key, '|' );
		$parts  = array( $key, false === $pipe ? $key : substr( $key, $pipe + 1 ) );
		$long   = array_filter( $parts, static fn( string $part ): bool => strlen( $part ) >= self::SHORTEST );
		$starts = array_map( static fn( string $part ): string => substr( $part, 0, self::TELLING ), $long );
		return array_values( array_unique( $starts ) );
	}

	/** What may go on of a piece; what may become the key is held back. */
	public function pass( string $piece ): string {
		$text = $this->held . $piece;
		$keep = 0;
		foreach ( $this->starts as $start ) {
			if ( false !== strpos( $text, $start ) ) {
				throw new Refused( 'agent-unavailable' );
			}
			for ( $length = min( strlen( $start ) - 1, strlen( $text ) ); $length > $keep; $length-- ) {
				if ( substr( $text, -$length ) === substr( $start, 0, $length ) ) {
					$keep = $length;
				}
			}
		}
		$this->held = 0 === $keep ? '' : substr( $text, -$keep );
		return 0 === $keep ? $text : substr( $text, 0, -$keep );
	}

	/** What was held back, when no more text can come. */
	public function rest(): string {
		if ( strlen( $this->held ) >= self::SUSPICIOUS ) {
			throw new Refused( 'agent-unavailable' );
		}
		$rest       = $this->held;
		$this->held = '';
		return $rest;
	}

	/** @param mixed $value Throws when a parsed body carries the key anywhere, however it is written there. */
	public static function refuse_key_in( $value ): void {
		$written = to_json( $value );
		$read    = html_entity_decode( $written, ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		foreach ( self::starts() as $start ) {
			if ( false !== strpos( $written, $start ) || false !== strpos( $read, $start ) ) {
				throw new Refused( 'agent-unavailable' );
			}
		}
	}
}
