<?php
/** Network addresses as limits count them: IPv4 unchanged, IPv6 by its /64. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/**
 * Each of the owner's `$trusted` proxies appends its client's address to `X-Forwarded-For`; the client may have made up
 * all to the left of these. With fewer addresses than that, or none at that place, the peer's counts.
 */
function client_address( string $peer, ?string $forwarded, int $trusted ): string {
	$hops  = $trusted > 0 && null !== $forwarded ? explode( ',', $forwarded ) : array();
	$place = count( $hops ) - $trusted;
	$known = $place >= 0 && isset( $hops[ $place ] ) ? address_bucket( $hops[ $place ] ) : null;
	return $known ?? address_bucket( $peer ) ?? 'unknown';
}

function address_bucket( string $written ): ?string {
	$bare = trim( trim( $written ), '"' );
	if ( 1 === preg_match( '/^\[([^\]]*)\](:\d{1,5})?$/D', $bare, $found ) || 1 === preg_match( '/^([\d.]+):\d{1,5}$/D', $bare, $found ) ) {
		$bare = $found[1];
	}
	$address = (string) preg_replace( '/%.*$/D', '', $bare );
	if ( false !== filter_var( $address, FILTER_VALIDATE_IP, FILTER_FLAG_IPV4 ) ) {
		return $address;
	}
	if ( false === filter_var( $address, FILTER_VALIDATE_IP, FILTER_FLAG_IPV6 ) ) {
		return null;
	}
	$bytes = (string) inet_pton( $address );
	if ( 0 === strpos( $bytes, str_repeat( "\0", 10 ) . "\xff\xff" ) ) {
		return (string) inet_ntop( substr( $bytes, 12 ) );
	}
	return inet_ntop( substr( $bytes, 0, 8 ) . str_repeat( "\0", 8 ) ) . '/64';
}
