<?php
/**
 * The switch on each post and page: the chat as the settings say, always, or never.
 */

namespace CustomGptWidget\Post_Switch;

defined( 'ABSPATH' ) || exit;

const META  = '_customgpt_widget';
const NONCE = 'customgpt_widget_post_switch';

function start(): void {
	add_action( 'init', __NAMESPACE__ . '\register' );
	add_action( 'add_meta_boxes', __NAMESPACE__ . '\add_box' );
	add_action( 'save_post', __NAMESPACE__ . '\save' );
}

/** @return array<string, string> */
function choices(): array {
	return array(
		''     => __( 'As in the settings', 'chat-widget-for-customgpt' ),
		'show' => __( 'Always show', 'chat-widget-for-customgpt' ),
		'hide' => __( 'Never show', 'chat-widget-for-customgpt' ),
	);
}

function of_post( int $post ): string {
	return clean( get_post_meta( $post, META, true ) );
}

function clean( $value ): string {
	return in_array( $value, array( 'show', 'hide' ), true ) ? $value : '';
}

function register(): void {
	register_post_meta(
		'',
		META,
		array(
			'type'              => 'string',
			'single'            => true,
			'default'           => '',
			'sanitize_callback' => __NAMESPACE__ . '\clean',
			'auth_callback'     => static function ( $allowed, $key, $post ) {
				return current_user_can( 'edit_post', $post );
			},
			'show_in_rest'      => array( 'schema' => array( 'enum' => array( '', 'show', 'hide' ) ) ),
		)
	);
}

function add_box( string $type ): void {
	if ( is_post_type_viewable( $type ) ) {
		add_meta_box( 'customgpt-widget', __( 'Chat', 'chat-widget-for-customgpt' ), __NAMESPACE__ . '\render', $type, 'side' );
	}
}

function render( \WP_Post $post ): void {
	wp_nonce_field( NONCE, NONCE );
	printf( '<p><label for="customgpt-widget-switch">%s</label></p>', esc_html__( 'The floating chat on this page', 'chat-widget-for-customgpt' ) );
	echo '<select id="customgpt-widget-switch" name="customgpt_widget_switch" class="widefat">';
	foreach ( choices() as $value => $label ) {
		printf( '<option value="%s"%s>%s</option>', esc_attr( $value ), selected( $value, of_post( $post->ID ), false ), esc_html( $label ) );
	}
	echo '</select>';
}

function save( int $post ): void {
	$nonce = isset( $_POST[ NONCE ] ) ? sanitize_key( wp_unslash( $_POST[ NONCE ] ) ) : '';
	if ( ! wp_verify_nonce( $nonce, NONCE ) || ! current_user_can( 'edit_post', $post ) || wp_is_post_revision( $post ) ) {
		return;
	}
	$value = clean( isset( $_POST['customgpt_widget_switch'] ) ? sanitize_key( wp_unslash( $_POST['customgpt_widget_switch'] ) ) : '' );
	if ( '' === $value ) {
		delete_post_meta( $post, META );
	} else {
		update_post_meta( $post, META, $value );
	}
}
