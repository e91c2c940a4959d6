<?php
/** A call whose answer is read while it comes, through WordPress' own HTTP client: its proxy and certificates count. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

final class UpstreamStream {
	private string $path;
	private array $body;
	/** Takes bytes; false when no more are wanted. @var callable */
	private $take;
	/** Called at least about once a second. @var callable */
	private $tick;
	/** Whether the service has answered with success. */
	public bool $is_accepted = false;
	private bool $is_enough  = false;
	private bool $is_sent    = false;
	private string $failure  = '';
	private string $said     = '';
	private int $status      = 0;
	private ?\Throwable $thrown = null;
	private float $began;
	private float $heard;

	public function __construct( string $path, array $body, callable $take, callable $tick ) {
		$this->path = $path;
		$this->body = $body;
		$this->take = $take;
		$this->tick = $tick;
	}

	/**
	 * Null when the response ended or is enough; `timeout` or `broken` when it broke; a `Refused` when there was no
	 * response although the question may have arrived. Throws a `Refused` for a question that certainly was not taken.
	 *
	 * @return Refused|string|null
	 */
	public function run( string $about ) {
		$this->began = microtime( true );
		$this->heard = $this->began;
		$prepare     = function ( $handle ): void {
			$this->prepare( $handle );
		};
		add_action( 'http_api_curl', $prepare, 1000 );
		try {
			$response = wp_remote_post(
				service_base() . $this->path,
				array(
					'timeout'     => (float) setting( 'total' ),
					'redirection' => 0,
					'httpversion' => '1.1',
					'decompress'  => false,
					'user-agent'  => USER_AGENT,
					'headers'     => service_headers( 'text/event-stream', true ),
					'body'        => to_json( $this->body ),
				)
			);
		} finally {
			remove_action( 'http_api_curl', $prepare, 1000 );
		}
		if ( null !== $this->thrown ) {
			throw $this->thrown;
		}
		return $this->result( $response, $about );
	}

	/** @param array|\WP_Error $response */
	private function result( $response, string $about ) {
		if ( is_wp_error( $response ) ) {
			if ( $this->is_enough ) {
				return null;
			}
			if ( $this->status >= 300 ) {
				throw failure_of( $this->status, $this->said, null, $about, true );
			}
			if ( 0 !== $this->status ) {
				return '' === $this->failure ? 'broken' : $this->failure;
			}
			$unsure = new Refused( 'upstream-down', array( 'unsure' => true ) );
			if ( $this->is_sent ) {
				return $unsure;
			}
			throw $unsure;
		}
		$status = (int) wp_remote_retrieve_response_code( $response );
		// Without cURL the body came whole.
		$body = (string) wp_remote_retrieve_body( $response );
		if ( $status < 200 || $status >= 300 ) {
			throw failure_of( $status, $this->said . $body, wp_remote_retrieve_header( $response, 'retry-after' ), $about, true );
		}
		$this->is_accepted = true;
		if ( '' !== $body ) {
			( $this->take )( $body );
		}
		return null;
	}

	/** @param resource|\CurlHandle $handle */
	private function prepare( $handle ): void {
		// Never a short count: WordPress' client takes that for an encoding it cannot read, and sends the call again.
		$write = function ( $handle, string $bytes ): int {
			$this->hear( (int) curl_getinfo( $handle, CURLINFO_RESPONSE_CODE ), $bytes );
			return strlen( $bytes );
		};
		$look  = function ( $handle = null ): int {
			return $this->look( $handle );
		};
		curl_setopt( $handle, CURLOPT_ENCODING, null ); // phpcs:ignore WordPress.WP.AlternativeFunctions
		curl_setopt( $handle, CURLOPT_WRITEFUNCTION, $write ); // phpcs:ignore WordPress.WP.AlternativeFunctions
		curl_setopt( $handle, CURLOPT_NOPROGRESS, false ); // phpcs:ignore WordPress.WP.AlternativeFunctions
		curl_setopt( $handle, CURLOPT_PROGRESSFUNCTION, $look ); // phpcs:ignore WordPress.WP.AlternativeFunctions
	}

	private function hear( int $status, string $bytes ): void {
		$this->status = $status;
		$this->heard  = microtime( true );
		if ( $status < 200 || $status >= 300 ) {
			$this->said = substr( $this->said . $bytes, 0, 65536 );
			return;
		}
		$this->is_accepted = true;
		if ( $this->is_enough || null !== $this->thrown ) {
			return;
		}
		try {
			$this->is_enough = ! ( $this->take )( $bytes );
			( $this->tick )();
		} catch ( \Throwable $error ) {
			$this->thrown = $error;
		}
	}

	/** 1 ends the transfer: an exception in here would not (measured). @param resource|\CurlHandle|null $handle */
	private function look( $handle ): int {
		if ( null !== $handle && curl_getinfo( $handle, CURLINFO_REQUEST_SIZE ) > 0 ) { // phpcs:ignore WordPress.WP.AlternativeFunctions
			$this->is_sent = true;
			$this->status  = (int) curl_getinfo( $handle, CURLINFO_RESPONSE_CODE ); // phpcs:ignore WordPress.WP.AlternativeFunctions
			$this->is_accepted = $this->is_accepted || ( $this->status >= 200 && $this->status < 300 );
		}
		if ( $this->is_enough || null !== $this->thrown ) {
			return 1;
		}
		try {
			( $this->tick )();
		} catch ( \Throwable $error ) {
			$this->thrown = $error;
			return 1;
		}
		$now     = microtime( true );
		$is_late = $this->is_accepted
			? $now - $this->heard > (float) setting( 'idle' )
			: $now - $this->began > (float) setting( 'firstByte' );
		$this->failure = $is_late ? 'timeout' : $this->failure;
		return $is_late ? 1 : 0;
	}
}
