<?php
/** A request as the relay's routes see it, and the headers gathered for its response. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

final class Request {
	public string $method;
	/** Below the REST namespace, beginning with `/v1/`. */
	public string $path;
	public string $body;
	/** The site that the browser reports; null when the request names none. */
	public ?string $origin = null;
	/** The bucket in which its network address is counted. */
	public string $address;
	/** Parts of the path by name. @var array<string, string> */
	public array $parts = array();
	/** @var array<string, string> */
	public array $answer_headers = array();
	private \WP_REST_Request $given;

	public function __construct( \WP_REST_Request $given, string $path ) {
		$this->given   = $given;
		// As it was sent: WordPress takes another one from a parameter or a header, which any page may set.
		$this->method  = isset( $_SERVER['REQUEST_METHOD'] ) ? strtoupper( sanitize_key( $_SERVER['REQUEST_METHOD'] ) ) : '';
		$this->path    = $path;
		$this->body    = (string) $given->get_body();
		$peer          = isset( $_SERVER['REMOTE_ADDR'] ) ? sanitize_text_field( wp_unslash( $_SERVER['REMOTE_ADDR'] ) ) : '';
		$this->address = client_address( $peer, $this->header( 'x-forwarded-for' ), (int) setting( 'trustProxy' ) );
	}

	public function header( string $name ): ?string {
		$value = $this->given->get_header( $name );
		if ( null === $value && 'authorization' === $name ) {
			return outer_authorization();
		}
		return null === $value ? null : trim( $value );
	}

	public function query( string $name ): ?string {
		$value = $this->given->get_query_params()[ $name ] ?? null;
		return is_string( $value ) ? $value : null;
	}

	public function part( string $name ): string {
		return $this->parts[ $name ] ?? '';
	}

	public function answer_header( string $name, string $value ): void {
		$this->answer_headers[ $name ] = $value;
	}
}

/** Servers that run PHP as CGI keep `Authorization` back; rewrite rules hand it over under this name. */
function outer_authorization(): ?string {
	$value = isset( $_SERVER['REDIRECT_HTTP_AUTHORIZATION'] ) ? wp_unslash( $_SERVER['REDIRECT_HTTP_AUTHORIZATION'] ) : null; // phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- compared with a signature, never shown.
	return is_string( $value ) ? trim( $value ) : null;
}
