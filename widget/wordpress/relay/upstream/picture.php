<?php
/** Pictures that the service names: fetched from public hosts only, and from where their name was found to lead. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const LARGEST_PICTURE = 5242880;
const MOST_REDIRECTS  = 3;

/** The bytes; "" for what is not there. What was not is not asked for again within a minute. */
function fetch_picture( string $address ): string {
	$name = kept_name( "no picture $address" );
	if ( false !== get_transient( $name ) ) {
		return '';
	}
	$bytes = follow_picture( $address );
	if ( strlen( $bytes ) > LARGEST_PICTURE || null === picture_type( $bytes ) ) {
		set_transient( $name, 1, MINUTE_IN_SECONDS );
		return '';
	}
	return $bytes;
}

function follow_picture( string $address ): string {
	for ( $hop = 0; $hop <= MOST_REDIRECTS; $hop++ ) {
		$response = get_from_public_host( $address );
		$status   = (int) wp_remote_retrieve_response_code( $response );
		$target   = wp_remote_retrieve_header( $response, 'location' );
		if ( $status < 300 || $status >= 400 || ! is_string( $target ) || '' === $target ) {
			return 200 === $status ? (string) wp_remote_retrieve_body( $response ) : '';
		}
		$address = web_address( \WP_Http::make_absolute_url( $target, $address ) ) ?? '';
	}
	return '';
}

/** @return array|\WP_Error */
function get_from_public_host( string $address ) {
	$host = (string) wp_parse_url( $address, PHP_URL_HOST );
	$ip   = '' === $host ? null : public_ip( $host );
	if ( null === $ip ) {
		return new \WP_Error( 'private' );
	}
	$port = wp_parse_url( $address, PHP_URL_PORT ) ?? ( 0 === stripos( $address, 'https:' ) ? 443 : 80 );
	// A name that leads elsewhere a moment later leads this call nowhere else.
	$pin = static function ( $handle ) use ( $host, $port, $ip ): void {
		curl_setopt( $handle, CURLOPT_RESOLVE, array( "$host:$port:$ip" ) ); // phpcs:ignore WordPress.WP.AlternativeFunctions
	};
	add_action( 'http_api_curl', $pin );
	try {
		return wp_safe_remote_get(
			$address,
			array(
				'timeout'             => 5,
				'redirection'         => 0,
				'user-agent'          => USER_AGENT,
				'limit_response_size' => LARGEST_PICTURE + 1,
			)
		);
	} finally {
		remove_action( 'http_api_curl', $pin );
	}
}

/** The host's address in the public internet; null where one of its addresses is not, or it has none of version 4. */
function public_ip( string $host ): ?string {
	$found = filter_var( $host, FILTER_VALIDATE_IP ) ? array( $host ) : gethostbynamel( $host );
	foreach ( is_array( $found ) ? $found : array() as $ip ) {
		if ( ! is_public_ip( $ip ) ) {
			return null;
		}
	}
	return is_array( $found ) ? $found[0] ?? null : null;
}

function is_public_ip( string $ip ): bool {
	if ( false === filter_var( $ip, FILTER_VALIDATE_IP, FILTER_FLAG_IPV4 | FILTER_FLAG_NO_PRIV_RANGE | FILTER_FLAG_NO_RES_RANGE ) ) {
		return false;
	}
	$number = ip2long( $ip );
	// Shared and special networks that PHP does not count among these, some of which have a cloud's secrets.
	foreach ( array( '100.64.0.0/10', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3' ) as $network ) {
		list( $start, $bits ) = explode( '/', $network );
		if ( $number >> ( 32 - (int) $bits ) === ip2long( $start ) >> ( 32 - (int) $bits ) ) {
			return false;
		}
	}
	return true;
}
