<?php
/** Whether a request wants the whole answer rather than a stream, by the weights in its `Accept` header. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

function wants_whole( Request $request ): bool {
	if ( ! setting( 'streaming' ) ) {
		return true;
	}
	$accept = $request->header( 'accept' );
	if ( null === $accept ) {
		return false;
	}
	$lead = media_weight( $accept, 'application/json' ) - media_weight( $accept, 'text/event-stream' );
	// At equal weight a named type wins over one that only a wildcard covers.
	$is_only_named = null === weight_of( $accept, 'text/event-stream' ) && null !== weight_of( $accept, 'application/json' );
	return $lead > 0 || ( 0.0 === $lead && $is_only_named && media_weight( $accept, 'application/json' ) > 0 );
}

function media_weight( string $accept, string $type ): float {
	$family = substr( $type, 0, (int) strpos( $type, '/' ) ) . '/*';
	return weight_of( $accept, $type ) ?? weight_of( $accept, $family ) ?? weight_of( $accept, '*/*' ) ?? 0.0;
}

/** 0 to 1; null when the header does not mention it. */
function weight_of( string $header, string $wanted ): ?float {
	foreach ( explode( ',', strtolower( substr( $header, 0, 1000 ) ) ) as $part ) {
		$pieces = array_map( 'trim', explode( ';', $part ) );
		if ( array_shift( $pieces ) !== $wanted ) {
			continue;
		}
		foreach ( $pieces as $piece ) {
			if ( 0 === strpos( $piece, 'q=' ) ) {
				return is_numeric( substr( $piece, 2 ) ) ? min( max( (float) substr( $piece, 2 ), 0.0 ), 1.0 ) : 0.0;
			}
		}
		return 1.0;
	}
	return null;
}
