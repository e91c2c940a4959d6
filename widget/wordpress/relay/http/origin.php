<?php
/** Which sites may call the relay, and the response headers for their browsers. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const OWN_HEADERS = array( 'content-type', 'authorization', 'last-event-id', 'accept', 'visitor-identity', 'visitor-proof', 'turn-secret' );

/** The site's own origins, and those that the owner has listed. */
function allowed_origins(): array {
	$own = array();
	foreach ( array( home_url(), site_url() ) as $address ) {
		$parts = wp_parse_url( $address );
		if ( isset( $parts['scheme'], $parts['host'] ) ) {
			$own[] = strtolower( $parts['scheme'] . '://' . $parts['host'] ) . ( isset( $parts['port'] ) ? ':' . $parts['port'] : '' );
		}
	}
	return array_values( array_unique( array_merge( $own, (array) setting( 'origins' ) ) ) );
}

/** Scheme, host and port all matter; `null` never fits. `https://*.example.com` is every host below one. */
function is_allowed_origin( string $origin, array $allowed ): bool {
	foreach ( $allowed as $pattern ) {
		$star = strpos( $pattern, '*' );
		if ( false === $star ) {
			if ( $origin === $pattern ) {
				return true;
			}
			continue;
		}
		$host = '[a-z0-9_-]+(\.[a-z0-9_-]+)*';
		$form = '/^' . preg_quote( substr( $pattern, 0, $star ), '/' ) . $host . preg_quote( substr( $pattern, $star + 1 ), '/' ) . '$/iD';
		if ( 1 === preg_match( $form, $origin ) ) {
			return true;
		}
	}
	return false;
}

/**
 * Throws `not-allowed` for pages of other sites. The origin is only the first check, which protects the visitors of
 * other sites: scripts outside a browser send any, so a request without one passes as well.
 */
function check_origin( Request $request, bool $is_picture ): void {
	$request->answer_header( 'vary', 'Origin' );
	$origin = $request->header( 'origin' );
	if ( null === $origin ) {
		// Pictures are loaded by <img>, which sends no origin; their sealed address grants access.
		if ( ! $is_picture && in_array( $request->header( 'sec-fetch-site' ), array( 'cross-site', 'same-site' ), true ) ) {
			throw new Refused( 'not-allowed' );
		}
		return;
	}
	if ( ! is_allowed_origin( $origin, allowed_origins() ) ) {
		throw new Refused( 'not-allowed' );
	}
	$request->origin = $origin;
	$request->answer_header( 'access-control-allow-origin', $origin );
	$request->answer_header( 'access-control-expose-headers', 'retry-after, visitor-token' );
}

/** Answer to a browser that asks before it sends; throws for a request that no allowed page may send. */
function answer_preflight( Request $request ): Reply {
	$method  = (string) $request->header( 'access-control-request-method' );
	$asked   = strtolower( (string) $request->header( 'access-control-request-headers' ) );
	$names   = array_values( array_filter( array_map( 'trim', explode( ',', $asked ) ), 'strlen' ) );
	$is_name = static fn( string $name ): bool => '*' !== $name && 1 === preg_match( '/^[a-z0-9!#$%&\'*+.^_`|~-]{1,128}$/D', $name );
	// A public page that calls a server inside a private network.
	$is_inward = null !== $request->header( 'access-control-request-private-network' )
		|| null !== $request->header( 'access-control-request-local-network' );
	$is_known  = in_array( $method, array( 'GET', 'POST', 'PUT', 'DELETE' ), true );
	if ( null === $request->origin || $is_inward || ! $is_known || count( $names ) > 64 || count( array_filter( $names, $is_name ) ) < count( $names ) ) {
		throw new Refused( 'not-allowed' );
	}
	$headers = array(
		'vary'                         => 'Origin, Access-Control-Request-Headers',
		'access-control-allow-origin'  => $request->origin,
		'access-control-allow-methods' => 'GET, POST, PUT, DELETE',
		'access-control-allow-headers' => implode( ', ', array_unique( array_merge( OWN_HEADERS, $names ) ) ),
		'access-control-max-age'       => '86400',
	);
	return new Reply( 204, '', $headers );
}
