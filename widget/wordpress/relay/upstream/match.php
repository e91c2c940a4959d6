<?php
/** Comparison of a stored answer with its streamed beginning, tolerant of white space and accents. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

function one_spaced( string $text ): string {
	return trim( (string) preg_replace( '/[\s\p{Z}]+/u', ' ', composed( $text ) ) );
}

/** One way to write accents, where PHP has the extension for it. */
function composed( string $text ): string {
	$normal = class_exists( 'Normalizer' ) ? \Normalizer::normalize( $text, \Normalizer::FORM_C ) : $text;
	return is_string( $normal ) ? $normal : $text;
}

/** What follows in the stored answer after the streamed text; null when it begins differently. */
function continuation( string $stored, string $streamed ): ?string {
	if ( '' === $streamed || 0 === strpos( $stored, $streamed ) ) {
		return substr( $stored, strlen( $streamed ) );
	}
	$stored = composed( $stored );
	$begun  = bare( composed( $streamed ) );
	if ( 0 !== strpos( bare( $stored ), $begun ) ) {
		return null;
	}
	$letters = preg_split( '//u', $stored, -1, PREG_SPLIT_NO_EMPTY );
	$passed  = 0;
	$place   = 0;
	$all     = is_array( $letters ) ? $letters : array();
	while ( $passed < strlen( $begun ) && isset( $all[ $place ] ) ) {
		$passed += strlen( bare( $all[ $place ] ) );
		++$place;
	}
	$rest = implode( '', array_slice( $all, $place ) );
	// White space that both have at the seam counts once.
	return 1 === preg_match( '/\s$/D', $streamed ) ? ltrim( $rest ) : $rest;
}

function bare( string $text ): string {
	return (string) preg_replace( '/[\s\p{Z}]+/u', '', $text );
}
