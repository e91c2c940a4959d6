<?php
/**
 * Values of fields: what is taken, cleaned and refused by kind, and how the widget is given them.
 */

namespace CustomGptWidget\Values;

use function CustomGptWidget\defaults;
use function CustomGptWidget\settings;
use const CustomGptWidget\OPTION;
use CustomGptWidget\Fields;

defined( 'ABSPATH' ) || exit;

const LONGEST = 2000;

/** WordPress calls it twice for a first save, so what it returns it also takes. */
function sanitize( $given ): array {
	$given  = is_array( $given ) ? $given : array();
	$values = settings();
	foreach ( Fields\all() as $field ) {
		list( 'group' => $group, 'key' => $key ) = $field;
		// What is not in the form stays as it is.
		if ( ! isset( $given[ $group ][ $key ] ) ) {
			continue;
		}
		$value = read( $field, $given[ $group ][ $key ] );
		if ( null === $value ) {
			refuse( $field );
		} else {
			$values[ $group ][ $key ] = $value;
		}
	}
	$connection = $given['connection'] ?? null;
	if ( is_string( $connection ) && isset( connections()[ $connection ] ) ) {
		$values['connection'] = $connection;
	}
	return array_intersect_key( $values, defaults() );
}

/** @return array<string, string> the ways to reach the agent; the relay adds its own */
function connections(): array {
	return apply_filters(
		'customgpt_widget_connections',
		array( 'proxy' => __( 'Through a proxy server of yours', 'chat-widget-for-customgpt' ) )
	);
}

function refuse( array $field ): void {
	$id = Fields\id_of( $field );
	if ( ! function_exists( 'add_settings_error' ) || in_array( $id, array_column( get_settings_errors( OPTION ), 'code' ), true ) ) {
		return;
	}
	/* translators: %s: label of a field */
	$sentence = sprintf( __( '“%s” was left as it was: what was entered cannot be used.', 'chat-widget-for-customgpt' ), $field['label'] );
	add_settings_error( OPTION, $id, esc_html( $sentence ) );
}

/** The clean value of a field, or null when what was given is none. */
function read( array $field, $given ) {
	if ( isset( $field['read'] ) ) {
		return $field['read']( $given );
	}
	if ( 'set' === $field['kind'] ) {
		return array_values( array_intersect( array_map( 'strval', (array) $given ), array_map( 'strval', array_keys( $field['choices'] ) ) ) );
	}
	if ( 'flag' === $field['kind'] ) {
		return rest_sanitize_boolean( is_scalar( $given ) ? $given : false );
	}
	if ( ! is_scalar( $given ) ) {
		return null;
	}
	$given = (string) $given;
	if ( in_array( $field['kind'], array( 'lines', 'list', 'lists' ), true ) ) {
		return read_lines( $field['kind'], $given );
	}
	$text = sanitize_text_field( $given );
	if ( '' === $text && 'choice' !== $field['kind'] ) {
		// What cleaning leaves nothing of was not empty.
		return '' === trim( $given ) ? '' : null;
	}
	return mb_strlen( $text ) > LONGEST ? null : read_word( $field, $text );
}

function read_word( array $field, string $text ) {
	switch ( $field['kind'] ) {
		case 'choice':
			return isset( $field['choices'][ $text ] ) ? $text : null;
		case 'address':
			return read_address( $text );
		case 'color':
			return sanitize_hex_color( $text );
		case 'pixels':
			return ctype_digit( $text ) && (int) $text <= 500 ? (string) (int) $text : null;
		case 'count':
			return ctype_digit( $text ) && strlen( $text ) <= 9 ? (string) (int) $text : null;
		case 'lifetime':
			$is_word = in_array( $text, array( 'page', 'visit' ), true );
			$is_days = ctype_digit( $text ) && (int) $text >= 1 && (int) $text <= 365;
			return $is_word || $is_days ? $text : null;
		case 'contact':
			if ( 'off' === $text || is_email( $text ) || preg_match( '/^tel:[+\d][\d ().-]*$/', $text ) ) {
				return $text;
			}
			return read_address( $text );
		case 'ids':
			return implode( ', ', array_filter( array_unique( wp_parse_id_list( $text ) ) ) );
		default:
			return $text;
	}
}

function read_address( string $text ): ?string {
	$address = esc_url_raw( $text, array( 'http', 'https' ) );
	return preg_match( '#^https?://[^\s/]+#i', $text ) && '' !== $address && wp_parse_url( $address, PHP_URL_HOST ) ? $address : null;
}

function read_lines( string $kind, string $given ): ?string {
	$text = trim( sanitize_textarea_field( $given ) );
	if ( mb_strlen( $text ) > 10 * LONGEST ) {
		return null;
	}
	// Suggestions by page are one object; a mistake in it would else become strange suggestions.
	if ( 'lists' === $kind && '{' === substr( $text, 0, 1 ) && ! is_array( json_decode( $text, true ) ) ) {
		return null;
	}
	return $text;
}

/** A value in the words of the widget's attributes; empty when there is nothing to say. */
function as_text( array $option, $value ): string {
	if ( 'flag' === $option['kind'] ) {
		return $value ? 'true' : '';
	}
	$text = is_scalar( $value ) ? (string) $value : '';
	if ( 'choice' === $option['kind'] && $text === $option['fallback'] ) {
		return '';
	}
	$is_list = in_array( $option['kind'], array( 'list', 'lists' ), true );
	if ( ! $is_list || '' === $text || '{' === substr( $text, 0, 1 ) ) {
		return $text;
	}
	return (string) wp_json_encode( lines( $text ) );
}

/** @return string[] */
function lines( string $text ): array {
	return array_values( array_filter( array_map( 'trim', explode( "\n", $text ) ), 'strlen' ) );
}
