<?php
/**
 * The controls of the settings page, one for each kind of field, with description and error.
 */

namespace CustomGptWidget\Controls;

use CustomGptWidget\Fields;
use CustomGptWidget\Values;
use function CustomGptWidget\settings;
use function CustomGptWidget\widget_config;
use const CustomGptWidget\OPTION;

defined( 'ABSPATH' ) || exit;

/** Whether the field is several controls, which a legend names. */
function is_group( array $field ): bool {
	return 'set' === $field['kind'] || ( 'choice' === $field['kind'] && 'widget' !== $field['group'] );
}

function name_of( array $field ): string {
	return OPTION . "[{$field['group']}][{$field['key']}]";
}

function render( array $field, $value ): void {
	$id    = Fields\id_of( $field );
	$error = error_of( $id );
	if ( isset( $field['render'] ) ) {
		$field['render']( $field, (string) $value );
	} elseif ( is_group( $field ) ) {
		render_group( $field, $value );
	} elseif ( 'flag' === $field['kind'] ) {
		render_flag( $field, (bool) $value );
	} else {
		render_single( $field, (string) $value, $error );
	}
	if ( '' !== $field['description'] && 'flag' !== $field['kind'] ) {
		printf( '<p class="description" id="%s-description">%s</p>', esc_attr( $id ), with_code( $field['description'] ) ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- with_code() escapes.
	}
	if ( '' !== $error ) {
		printf( '<p class="customgpt-widget-error" id="%s-error">%s</p>', esc_attr( $id ), esc_html( $error ) );
	}
}

/** Escapes a sentence and shows what stands in backticks as code. */
function with_code( string $sentence ): string {
	return (string) preg_replace( '/`([^`]+)`/', '<code>$1</code>', esc_html( $sentence ) );
}

function error_of( string $id ): string {
	foreach ( get_settings_errors( OPTION ) as $error ) {
		if ( $id === $error['code'] ) {
			return __( 'What was entered here cannot be used.', 'chat-widget-for-customgpt' );
		}
	}
	return '';
}

/** What a screen reader says with the control. */
function described( array $field, string $error ): string {
	$id  = Fields\id_of( $field );
	$ids = array_filter( array( '' === $error ? '' : "$id-error", '' === $field['description'] ? '' : "$id-description" ) );
	return ( $ids ? ' aria-describedby="' . esc_attr( implode( ' ', $ids ) ) . '"' : '' ) . ( '' === $error ? '' : ' aria-invalid="true"' );
}

function render_single( array $field, string $value, string $error ): void {
	$same = sprintf( 'id="%s" name="%s"%s', esc_attr( Fields\id_of( $field ) ), esc_attr( name_of( $field ) ), described( $field, $error ) );
	// phpcs:disable WordPress.Security.EscapeOutput.OutputNotEscaped -- $same is escaped above.
	if ( 'choice' === $field['kind'] ) {
		echo "<select $same>";
		foreach ( $field['choices'] as $word => $label ) {
			printf( '<option value="%s"%s>%s</option>', esc_attr( $word ), selected( $word, $value, false ), esc_html( $label ) );
		}
		echo '</select>';
	} elseif ( in_array( $field['kind'], array( 'lines', 'list', 'lists' ), true ) ) {
		printf( '<textarea %s rows="4" class="large-text">%s</textarea>', $same, esc_textarea( $value ) );
	} else {
		printf( '<input %s type="%s" value="%s" placeholder="%s" class="%s"%s>', $same, esc_attr( type_of( $field ) ), esc_attr( $value ), esc_attr( $field['placeholder'] ), esc_attr( class_of( $field ) ), bounds_of( $field ) );
	}
	// phpcs:enable
}

function type_of( array $field ): string {
	$types = array(
		'address' => 'url',
		'count'   => 'number',
		'pixels'  => 'number',
	);
	return $types[ $field['kind'] ] ?? 'text';
}

function class_of( array $field ): string {
	return in_array( $field['kind'], array( 'count', 'pixels', 'color', 'lifetime' ), true ) || 'language' === $field['key'] ? 'small-text' : 'regular-text';
}

function bounds_of( array $field ): string {
	$bounds = array(
		'pixels' => ' min="0" max="500"',
		'count'  => ' min="0"',
	);
	return $bounds[ $field['kind'] ] ?? '';
}

/** The hidden field says no where a browser leaves out an unticked box. */
function render_flag( array $field, bool $value ): void {
	printf(
		'<input type="hidden" name="%1$s" value="0"><label><input type="checkbox" id="%2$s" name="%1$s" value="1"%3$s> %4$s</label>',
		esc_attr( name_of( $field ) ),
		esc_attr( Fields\id_of( $field ) ),
		checked( $value, true, false ),
		with_code( $field['description'] ) // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- with_code() escapes.
	);
}

function render_group( array $field, $value ): void {
	$is_set = 'set' === $field['kind'];
	$name   = name_of( $field ) . ( $is_set ? '[]' : '' );
	printf( '<fieldset id="%s"%s><legend class="screen-reader-text">%s</legend>', esc_attr( Fields\id_of( $field ) ), described( $field, '' ), esc_html( $field['label'] ) ); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- described() escapes.
	if ( $is_set ) {
		printf( '<input type="hidden" name="%s" value="">', esc_attr( $name ) );
	}
	foreach ( $field['choices'] as $word => $label ) {
		printf(
			'<label><input type="%s" name="%s" value="%s"%s> %s</label><br>',
			$is_set ? 'checkbox' : 'radio',
			esc_attr( $name ),
			esc_attr( $word ),
			checked( in_array( (string) $word, array_map( 'strval', (array) $value ), true ), true, false ),
			esc_html( $label )
		);
	}
	echo '</fieldset>';
}

/** The ways to reach the agent. */
function connection(): void {
	printf( '<fieldset><legend class="screen-reader-text">%s</legend>', esc_html__( 'How to reach the agent', 'chat-widget-for-customgpt' ) );
	foreach ( Values\connections() as $word => $label ) {
		printf( '<label><input type="radio" name="%s[connection]" value="%s"%s> %s</label><br>', esc_attr( OPTION ), esc_attr( $word ), checked( settings()['connection'], $word, false ), esc_html( $label ) );
	}
	echo '</fieldset>';
}

/** A test from the browser is the one that counts: it is from there that visitors ask. */
function render_test(): void {
	$settings = settings();
	$address  = 'relay' === $settings['connection'] ? widget_config()['proxy'] ?? '' : '';
	printf(
		'<p class="customgpt-widget-test"><button type="button" class="button" id="customgpt-widget-test" data-saved="%s" data-relay="%s">%s</button> <span id="customgpt-widget-test-result" role="status"></span></p>',
		esc_attr( $settings['connection'] ),
		esc_url( $address ),
		esc_html__( 'Test the connection', 'chat-widget-for-customgpt' )
	);
}
