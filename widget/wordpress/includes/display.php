<?php
/**
 * Whether the chat is shown on a page.
 */

namespace CustomGptWidget\Display;

use CustomGptWidget\Post_Switch;
use CustomGptWidget\Values;
use function CustomGptWidget\is_connected;
use function CustomGptWidget\settings;

defined( 'ABSPATH' ) || exit;

/** Parameters by which page builders open a page within themselves. */
const BUILDERS = array( 'elementor-preview', 'et_fb', 'fl_builder', 'vc_editable', 'ct_builder', 'bricks', 'brizy-edit-iframe', 'tve' );

/** Whether a chat may run on this page at all, in a block as well. */
function may_run(): bool {
	// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- only whether a parameter is there.
	$is_built = array_intersect( BUILDERS, array_keys( $_GET ) );
	$is_amp   = function_exists( 'amp_is_request' ) && did_action( 'wp' ) && amp_is_request();
	return is_connected() && ! $is_built && ! $is_amp && ! is_feed() && ! is_embed() && ! is_customize_preview() && ! is_admin();
}

/** Whether the floating chat is on this page. */
function is_shown(): bool {
	$is_shown = may_run() && ! is_hidden_from( wp_get_current_user() ) && is_shown_here( settings()['show'] );
	/**
	 * Whether the chat is shown on this page.
	 */
	return (bool) apply_filters( 'customgpt_widget_is_shown', $is_shown );
}

function is_hidden_from( \WP_User $user ): bool {
	$hidden = settings()['show']['roles'];
	return (bool) array_intersect( $user->exists() ? $user->roles : array( 'guest' ), $hidden );
}

function is_shown_here( array $show ): bool {
	$switch = is_singular() ? Post_Switch\of_post( get_queried_object_id() ) : '';
	if ( '' !== $switch ) {
		return 'show' === $switch;
	}
	if ( ! $show['checkout'] && is_checkout_page() ) {
		return false;
	}
	return 'everywhere' === $show['where'] || ( 'only' === $show['where'] ) === is_matched( $show );
}

function is_checkout_page(): bool {
	return ( function_exists( 'is_cart' ) && is_cart() ) || ( function_exists( 'is_checkout' ) && is_checkout() );
}

function is_matched( array $show ): bool {
	if ( array_intersect( kinds_of_page(), $show['kinds'] ) ) {
		return true;
	}
	if ( is_singular() && in_array( get_queried_object_id(), wp_parse_id_list( $show['ids'] ), true ) ) {
		return true;
	}
	foreach ( Values\lines( $show['globs'] ) as $glob ) {
		if ( is_path_like( $glob ) ) {
			return true;
		}
	}
	return false;
}

/** @return string[] */
function kinds_of_page(): array {
	$kinds = array(
		'front'   => is_front_page(),
		'blog'    => is_home(),
		'archive' => is_archive(),
		'search'  => is_search(),
		'404'     => is_404(),
	);
	$kinds = array_map( 'strval', array_keys( array_filter( $kinds ) ) );
	return is_singular() ? array_merge( $kinds, array( 'type:' . get_post_type( get_queried_object_id() ) ) ) : $kinds;
}

/** Paths are those of the site, wherever on its host it lies. */
function is_path_like( string $glob ): bool {
	$address = isset( $_SERVER['REQUEST_URI'] ) ? esc_url_raw( wp_unslash( $_SERVER['REQUEST_URI'] ) ) : '';
	$path    = rawurldecode( (string) wp_parse_url( $address, PHP_URL_PATH ) );
	$home    = untrailingslashit( (string) wp_parse_url( home_url(), PHP_URL_PATH ) );
	$path    = '/' . ltrim( '' !== $home && 0 === strpos( $path, "$home/" ) ? substr( $path, strlen( $home ) ) : $path, '/' );
	$pattern = '#^' . str_replace( '\*', '.*', preg_quote( '/' . trim( $glob, '/' ), '#' ) ) . '/?$#iu';
	return 1 === preg_match( $pattern, $path );
}
