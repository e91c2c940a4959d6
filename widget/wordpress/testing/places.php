<?php
/**
 * Has each request find the relay's settings in a file, by the place that its address names.
 */

add_filter(
	'customgpt_widget_relay_settings',
	static function ( $settings ) {
		$place = isset( $_GET['place'] ) ? '.' . (int) $_GET['place'] : '';
		$text  = file_get_contents( WP_CONTENT_DIR . '/relay.json' . $place );
		return array_merge( $settings, false === $text ? array() : (array) json_decode( $text, true ) );
	}
);
