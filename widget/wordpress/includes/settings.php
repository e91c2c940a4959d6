<?php
/**
 * The plugin's one option: its defaults, what is stored, and what the widget is given of it.
 */

namespace CustomGptWidget;

defined( 'ABSPATH' ) || exit;

/** The values of all fields while nothing is stored, in groups. */
function defaults(): array {
	$values = array( 'connection' => 'proxy' );
	foreach ( Fields\all() as $field ) {
		$values[ $field['group'] ][ $field['key'] ] = $field['default'];
	}
	return $values;
}

function settings(): array {
	$stored = get_option( OPTION, array() );
	$stored = is_array( $stored ) ? $stored : array();
	$values = defaults();
	foreach ( $values as $group => $value ) {
		if ( ! isset( $stored[ $group ] ) ) {
			continue;
		}
		$values[ $group ] = is_array( $value ) ? array_merge( $value, array_intersect_key( (array) $stored[ $group ], $value ) ) : $stored[ $group ];
	}
	return $values;
}

/**
 * The options that the widget is given, as texts: an attribute holds nothing else. What the owner left empty is not in it.
 *
 * @return array<string, string>
 */
function widget_config(): array {
	$config = array();
	foreach ( settings()['widget'] as $name => $value ) {
		$text = Values\as_text( widget_options()[ $name ], $value );
		if ( '' !== $text ) {
			$config[ $name ] = $text;
		}
	}
	/**
	 * The options of the chat on this page, by name, as texts.
	 */
	$config = apply_filters( 'customgpt_widget_config', $config );
	return array_map( 'strval', array_filter( $config, 'is_scalar' ) );
}

/** Whether the chat has somebody to ask. */
function is_connected(): bool {
	return isset( widget_config()['proxy'] );
}
