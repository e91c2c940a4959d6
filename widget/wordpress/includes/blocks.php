<?php
/**
 * The chat within a page, as a block and as a shortcode.
 */

namespace CustomGptWidget\Blocks;

use CustomGptWidget\Display;
use CustomGptWidget\Page;
use function CustomGptWidget\settings;
use function CustomGptWidget\widget_config;
use const CustomGptWidget\FILE;
use const CustomGptWidget\VERSION;

defined( 'ABSPATH' ) || exit;

const SHORTEST = 320;
const LONGEST  = 2000;

function start(): void {
	add_action( 'init', __NAMESPACE__ . '\register' );
	add_shortcode( 'customgpt_widget', __NAMESPACE__ . '\shortcode' );
}

function register(): void {
	$script = 'customgpt-widget-block';
	wp_register_script( $script, plugins_url( 'block/block.js', FILE ), array( 'wp-blocks', 'wp-block-editor', 'wp-components', 'wp-element', 'wp-i18n' ), VERSION, true );
	wp_set_script_translations( $script, 'chat-widget-for-customgpt', plugin_dir_path( FILE ) . 'languages' );
	wp_register_style( $script, plugins_url( 'assets/preview.css', FILE ), array(), VERSION );
	register_block_type( plugin_dir_path( FILE ) . 'block', array( 'render_callback' => __NAMESPACE__ . '\render_block' ) );
}

function render_block( array $attributes ): string {
	$chat = render( $attributes );
	return '' === $chat ? '' : '<div ' . get_block_wrapper_attributes() . '>' . $chat . '</div>';
}

/** @param array<string, string>|string $given of an editor of the site */
function shortcode( $given ): string {
	return render(
		shortcode_atts(
			array(
				'agent'  => '',
				'height' => '',
			),
			$given,
			'customgpt_widget'
		)
	);
}

/** The chat's element. The widget's script, which the page needs for it, is put on the page as well. */
function render( array $attributes ): string {
	if ( ! Display\may_run() ) {
		return '';
	}
	$config = array_merge( widget_config(), array( 'mode' => 'inline' ) );
	$agent  = sanitize_text_field( (string) ( $attributes['agent'] ?? '' ) );
	// Only a proxy knows agents by name.
	if ( '' !== $agent && 'proxy' === settings()['connection'] ) {
		$config['agent'] = $agent;
	}
	Page\enqueue_inline( $config );
	$height = absint( $attributes['height'] ?? 0 );
	$height = 0 === $height ? 560 : min( LONGEST, max( SHORTEST, $height ) );
	$html   = '<customgpt-widget';
	foreach ( $config as $name => $value ) {
		$html .= sprintf( ' %s="%s"', esc_attr( $name ), esc_attr( $value ) );
	}
	return $html . sprintf( ' style="height:%dpx"></customgpt-widget>', $height );
}
