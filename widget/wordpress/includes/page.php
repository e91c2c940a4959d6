<?php
/**
 * The chat on the site's pages: its script, and its options in the two places where the widget looks for them.
 */

namespace CustomGptWidget\Page;

use CustomGptWidget\Display;
use CustomGptWidget\Optimisers;
use function CustomGptWidget\settings;
use function CustomGptWidget\widget_config;
use const CustomGptWidget\FILE;
use const CustomGptWidget\VERSION;

defined( 'ABSPATH' ) || exit;

const HANDLE = 'customgpt-widget';

function start(): void {
	add_action( 'init', __NAMESPACE__ . '\register' );
	add_action( 'wp_enqueue_scripts', __NAMESPACE__ . '\enqueue_floating' );
	add_filter( 'wp_script_attributes', __NAMESPACE__ . '\add_attributes' );
	add_action( 'wp_footer', __NAMESPACE__ . '\print_block', 5 );
	add_action( 'init', __NAMESPACE__ . '\load_translations' );
}

function load_translations(): void {
	load_plugin_textdomain( 'chat-widget-for-customgpt', false, dirname( plugin_basename( FILE ) ) . '/languages' );
}

function register(): void {
	$loading = array(
		'in_footer' => true,
		'strategy'  => 'defer',
	);
	wp_register_script( HANDLE, script_url(), array(), VERSION, $loading );
	wp_register_script( 'customgpt-widget-wait', plugins_url( 'assets/wait.js', FILE ), array(), VERSION, $loading );
}

/** The address of the widget's script; the rest of the widget lies beside it. */
function script_url(): string {
	return (string) apply_filters( 'customgpt_widget_script_url', plugins_url( 'widget/widget.js', FILE ) );
}

/** Block themes render a page's blocks before this; the floating chat's options go before those of a block. */
function enqueue_floating(): void {
	if ( Display\is_shown() ) {
		config_of_page( widget_config() );
		enqueue_script();
	}
}

/** Puts the script on the page for a chat within it, whose options it has unless there is a floating chat too. */
function enqueue_inline( array $config ): void {
	if ( null === config_of_page() ) {
		config_of_page( $config );
	}
	enqueue_script();
}

function enqueue_script(): void {
	wp_enqueue_script( conditions() ? 'customgpt-widget-wait' : HANDLE );
}

/** The options of the script on this page; null while it is not on it. */
function config_of_page( ?array $given = null ): ?array {
	static $config = null;
	$config        = $given ?? $config;
	return $config;
}

/** What must hold in the visitor's browser; the page itself may come from a cache and be everybody's. */
function conditions(): array {
	$settings   = settings();
	$media      = array(
		'small' => '(max-width: 600px)',
		'large' => '(min-width: 601px)',
	);
	$conditions = array(
		'media'   => $media[ $settings['show']['devices'] ] ?? '',
		'consent' => 'none' === $settings['site']['consent'] ? '' : $settings['site']['consent'],
	);
	return array_filter( $conditions, 'strlen' );
}

/** @return array<string, string> the options as attributes of the script */
function attributes( array $config ): array {
	$attributes = array();
	foreach ( $config as $name => $value ) {
		$attributes[ "data-$name" ] = $value;
	}
	return array_merge( $attributes, Optimisers\attributes() );
}

/** @param array<string, mixed> $attributes of any enqueued script */
function add_attributes( array $attributes ): array {
	$id = $attributes['id'] ?? '';
	if ( HANDLE . '-js' === $id ) {
		return array_merge( $attributes, attributes( config_of_page() ?? array() ) );
	}
	if ( 'customgpt-widget-wait-js' !== $id ) {
		return $attributes;
	}
	$script = array_merge( attributes( config_of_page() ?? array() ), array( 'src' => script_url() . '?ver=' . VERSION ) );
	$wait   = array(
		'data-script' => (string) wp_json_encode( $script ),
		'data-when'   => (string) wp_json_encode( conditions() ),
	);
	return array_merge( $attributes, $wait, Optimisers\attributes() );
}

/** Optimisers that merge scripts lose attributes; a block of JSON they leave alone. */
function print_block(): void {
	$config = config_of_page();
	if ( null === $config ) {
		return;
	}
	$json = wp_json_encode( (object) $config, JSON_HEX_TAG | JSON_HEX_AMP );
	wp_print_inline_script_tag(
		(string) $json,
		array(
			'type'                  => 'application/json',
			'data-customgpt-widget' => true,
		)
	);
}
