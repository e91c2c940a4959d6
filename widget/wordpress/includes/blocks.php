<?php
/**
 * The chat within a page, as a block and as a shortcode.
 */

namespace CustomGptWidget\Blocks;

use CustomGptWidget\Display;
use CustomGptWidget\Page;
use CustomGptWidget\Relay;
use function CustomGptWidget\widget_config;
use const CustomGptWidget\FILE;
use const CustomGptWidget\VERSION;

defined( 'ABSPATH' ) || exit;

const SHORTEST = 320;
const LONGEST  = 2000;

function start(): void {
	add_action( 'init', __NAMESPACE__ . '\register' );
	add_action( 'enqueue_block_editor_assets', __NAMESPACE__ . '\tell_agents' );
	add_shortcode( 'customgpt_widget', __NAMESPACE__ . '\shortcode' );
}

function register(): void {
	$script = 'customgpt-widget-block';
	wp_register_script( $script, plugins_url( 'block/block.js', FILE ), array( 'wp-blocks', 'wp-block-editor', 'wp-components', 'wp-element', 'wp-i18n' ), VERSION, true );
	wp_set_script_translations( $script, 'chat-widget-for-customgpt', plugin_dir_path( FILE ) . 'languages' );
	wp_register_style( $script, plugins_url( 'assets/preview.css', FILE ), array(), VERSION );
	register_block_type( plugin_dir_path( FILE ) . 'block', array( 'render_callback' => __NAMESPACE__ . '\render_block' ) );
}

/** Where this site itself asks, agents are chosen from a list; a proxy knows them by names that nobody lists. */
function tell_agents(): void {
	$agents = Relay\is_chosen() ? array_keys( Relay\further_agents() ) : null;
	wp_add_inline_script( 'customgpt-widget-block', 'window.customgptWidgetAgents = ' . wp_json_encode( $agents, JSON_HEX_TAG ) . ';', 'before' );
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

/** Visitors are answered by the usual agent, and see nothing of this. */
function note_for_editors( string $agent ): string {
	if ( ! current_user_can( 'edit_posts' ) ) {
		return '';
	}
	/* translators: %s: an agent's name */
	$sentence = sprintf( __( 'Only you and other editors see this: “%s” is not among the agents in the settings of the chat, so the usual agent answers here.', 'chat-widget-for-customgpt' ), $agent );
	return '<p role="note">' . esc_html( $sentence ) . '</p>';
}

/** The chat's element. The widget's script, which the page needs for it, is put on the page as well. */
function render( array $attributes ): string {
	if ( ! Display\may_run() ) {
		return '';
	}
	$config = array_merge( widget_config(), array( 'mode' => 'inline' ) );
	$agent  = sanitize_text_field( (string) ( $attributes['agent'] ?? '' ) );
	$is_own = '' !== $agent && ( ! Relay\is_chosen() || Relay\is_agent( $agent ) );
	if ( $is_own ) {
		$config['agent'] = $agent;
	}
	Page\enqueue_inline( $config );
	$height = absint( $attributes['height'] ?? 0 );
	$height = 0 === $height ? 560 : min( LONGEST, max( SHORTEST, $height ) );
	$html   = '<customgpt-widget';
	foreach ( $config as $name => $value ) {
		$html .= sprintf( ' %s="%s"', esc_attr( $name ), esc_attr( $value ) );
	}
	return $html . sprintf( ' style="height:%dpx"></customgpt-widget>', $height ) . ( '' === $agent || $is_own ? '' : note_for_editors( $agent ) );
}
