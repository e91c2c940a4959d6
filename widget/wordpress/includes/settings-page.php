<?php
/**
 * The settings page: its place in the menu, its sections and its files.
 */

namespace CustomGptWidget\Settings_Page;

use CustomGptWidget\Controls;
use CustomGptWidget\Fields;
use CustomGptWidget\Preview;
use function CustomGptWidget\is_connected;
use function CustomGptWidget\settings;
use const CustomGptWidget\FILE;
use const CustomGptWidget\OPTION;
use const CustomGptWidget\VERSION;

defined( 'ABSPATH' ) || exit;

const SLUG = 'customgpt-widget';

function start(): void {
	add_action( 'init', __NAMESPACE__ . '\register' );
	add_action( 'admin_init', __NAMESPACE__ . '\add_fields' );
	add_action( 'admin_menu', __NAMESPACE__ . '\add_page' );
	add_action( 'admin_enqueue_scripts', __NAMESPACE__ . '\enqueue' );
	add_filter( 'plugin_action_links_' . plugin_basename( FILE ), __NAMESPACE__ . '\add_link' );
}

function url(): string {
	return admin_url( 'options-general.php?page=' . SLUG );
}

function register(): void {
	register_setting(
		SLUG,
		OPTION,
		array(
			'type'              => 'object',
			'description'       => __( 'Settings of the chat', 'chat-widget-for-customgpt' ),
			'sanitize_callback' => 'CustomGptWidget\Values\sanitize',
			'default'           => array(),
		)
	);
}

function add_fields(): void {
	foreach ( Fields\sections() as $section => $heading ) {
		add_settings_section( "customgpt-widget-$section", $heading, '__return_null', SLUG );
	}
	add_settings_field( 'customgpt-widget-connection', esc_html__( 'How to reach the agent', 'chat-widget-for-customgpt' ), 'CustomGptWidget\Controls\connection', SLUG, 'customgpt-widget-connection' );
	/**
	 * The place for controls that store what the plugin's option does not hold.
	 */
	do_action( 'customgpt_widget_connection_fields' );
	foreach ( Fields\all() as $field ) {
		$id    = Fields\id_of( $field );
		$extra = array( 'class' => "customgpt-widget-row $id-row" );
		if ( ! Controls\is_group( $field ) ) {
			$extra['label_for'] = $id;
		}
		$render = static function () use ( $field ) {
			Controls\render( $field, settings()[ $field['group'] ][ $field['key'] ] );
		};
		add_settings_field( $id, esc_html( $field['label'] ), $render, SLUG, "customgpt-widget-{$field['section']}", $extra );
	}
	add_settings_field( 'customgpt-widget-test', esc_html__( 'Test', 'chat-widget-for-customgpt' ), 'CustomGptWidget\Controls\render_test', SLUG, 'customgpt-widget-connection' );
}

function add_page(): void {
	$title = __( 'Chat Widget for CustomGPT', 'chat-widget-for-customgpt' );
	add_options_page( $title, __( 'CustomGPT chat', 'chat-widget-for-customgpt' ), 'manage_options', SLUG, __NAMESPACE__ . '\render' );
}

/** @param string[] $links */
function add_link( array $links ): array {
	array_unshift( $links, sprintf( '<a href="%s">%s</a>', esc_url( url() ), esc_html__( 'Settings', 'chat-widget-for-customgpt' ) ) );
	return $links;
}

function enqueue( string $page ): void {
	if ( 'settings_page_' . SLUG !== $page ) {
		return;
	}
	wp_enqueue_style( 'customgpt-widget-preview', plugins_url( 'assets/preview.css', FILE ), array(), VERSION );
	wp_enqueue_style( 'customgpt-widget-settings', plugins_url( 'assets/settings.css', FILE ), array(), VERSION );
	wp_enqueue_script( 'customgpt-widget-preview', plugins_url( 'assets/preview.js', FILE ), array(), VERSION, true );
	wp_enqueue_script( 'customgpt-widget-connection', plugins_url( 'assets/connection.js', FILE ), array( 'wp-i18n' ), VERSION, true );
	wp_set_script_translations( 'customgpt-widget-connection', 'chat-widget-for-customgpt', plugin_dir_path( FILE ) . 'languages' );
}

function render(): void {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	echo '<div class="wrap customgpt-widget-settings">';
	printf( '<h1>%s</h1>', esc_html( get_admin_page_title() ) );
	if ( ! is_connected() && array() === get_option( OPTION, array() ) ) {
		printf( '<p class="customgpt-widget-first">%s</p>', esc_html__( 'Enter the address of your proxy, or choose this site itself and enter your key. Save and test the connection. Then the chat is on your site; everything below can wait.', 'chat-widget-for-customgpt' ) );
	}
	echo '<div class="customgpt-widget-columns"><form action="options.php" method="post">';
	settings_fields( SLUG );
	do_settings_sections( SLUG );
	submit_button();
	echo '</form>';
	Preview\render();
	echo '</div></div>';
}
