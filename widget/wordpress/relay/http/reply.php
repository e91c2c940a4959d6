<?php
/** Responses of the relay, sent by itself: WordPress' own headers and envelope are not the protocol's. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

final class Reply {
	public int $status;
	public string $body;
	/** @var array<string, string> */
	public array $headers;

	public function __construct( int $status, string $body = '', array $headers = array() ) {
		$this->status  = $status;
		$this->body    = $body;
		$this->headers = $headers;
	}

	/** @param mixed $value */
	public static function json( $value, int $status = 200, array $headers = array() ): self {
		$usual = array(
			'content-type'  => 'application/json',
			'cache-control' => 'no-store',
		);
		return new self( $status, to_json( $value ), array_merge( $usual, $headers ) );
	}

	public static function refusal( Refused $refused ): self {
		$problem = $refused->body();
		$headers = array();
		if ( isset( $problem['retryAfter'] ) ) {
			$headers['retry-after'] = (string) $problem['retryAfter'];
		}
		if ( isset( $refused->details['allow'] ) ) {
			$headers['allow'] = $refused->details['allow'];
		}
		return self::json( array( 'problem' => $problem ), $refused->status(), $headers );
	}
}

/** @param mixed $value */
function to_json( $value ): string {
	return (string) wp_json_encode( $value, JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE );
}

/** Sends the head of a response in place of what WordPress has prepared. */
function send_head( int $status, array $headers ): void {
	foreach ( array( 'link', 'allow', 'access-control-allow-headers', 'access-control-expose-headers', 'access-control-allow-origin', 'access-control-allow-credentials', 'access-control-allow-methods', 'expires', 'cache-control', 'x-wp-nonce' ) as $name ) {
		header_remove( $name );
	}
	status_header( $status );
	$usual = array(
		'x-content-type-options'    => 'nosniff',
		// Caches of pages, which are told elsewhere to keep everything, know answers by their address alone.
		'x-accel-expires'           => '0',
		'x-litespeed-cache-control' => 'no-cache',
	);
	foreach ( array_merge( $usual, $headers ) as $name => $value ) {
		header( $name . ': ' . str_replace( array( "\r", "\n" ), ' ', $value ) );
	}
	if ( ! isset( $headers['content-type'] ) ) {
		header_remove( 'content-type' );
	}
}

function send_reply( Reply $reply, Request $request ): void {
	send_head( $reply->status, array_merge( $request->answer_headers, $reply->headers ) );
	if ( 'HEAD' !== $request->method && 204 !== $reply->status && 304 !== $reply->status ) {
		echo $reply->body; // phpcs:ignore WordPress.Security.EscapeOutput -- JSON or a checked picture, with its type and nosniff.
	}
}
