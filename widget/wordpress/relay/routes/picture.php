<?php
/** `GET /v1/pictures/{picture}`: an image that the service named. Only addresses that were sealed here are fetched. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

function route_picture( Request $request ): Reply {
	$address = unseal( 'picture', $request->part( 'picture' ) );
	if ( null === $address ) {
		throw new Refused( 'not-found' );
	}
	count_action( $request, 'picture', null );
	$bytes = fetch_picture( $address );
	$type  = picture_type( $bytes );
	if ( null === $type ) {
		throw new Refused( 'not-found' );
	}
	$headers = array(
		'content-type'                 => $type,
		'cache-control'                => 'public, max-age=86400',
		// Opened as a page, an image must not run as a page of this site.
		'content-security-policy'      => "default-src 'none'; sandbox",
		'cross-origin-resource-policy' => 'cross-origin',
	);
	return new Reply( 200, $bytes, $headers );
}

/** The type of a PNG, JPEG, GIF, WebP or AVIF picture, by its first bytes; null for all others, SVG included. */
function picture_type( string $bytes ): ?string {
	if ( 0 === strpos( $bytes, "\x89PNG\r\n\x1a\n" ) ) {
		return 'image/png';
	}
	if ( 0 === strpos( $bytes, "\xff\xd8\xff" ) ) {
		return 'image/jpeg';
	}
	if ( 1 === preg_match( '/^GIF8[79]a/', $bytes ) ) {
		return 'image/gif';
	}
	if ( 0 === strpos( $bytes, 'RIFF' ) && 'WEBP' === substr( $bytes, 8, 4 ) ) {
		return 'image/webp';
	}
	return 'ftyp' === substr( $bytes, 4, 4 ) && 1 === preg_match( '/avi[fs]/', substr( $bytes, 8, 32 ) ) ? 'image/avif' : null;
}
