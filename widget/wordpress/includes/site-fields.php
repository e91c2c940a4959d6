<?php
/**
 * The fields that no table of the widget has: where the chat is shown, consent, caches, data.
 */

namespace CustomGptWidget\Fields\Site;

defined( 'ABSPATH' ) || exit;

/** @return array<int, array<string, mixed>> */
function all(): array {
	return array_merge( where(), who(), care() );
}

function field( string $group, string $key, string $kind, $usual, string $label, string $description, array $choices = array() ): array {
	return array(
		'group'       => $group,
		'key'         => $key,
		'section'     => $group,
		'kind'        => $kind,
		'choices'     => $choices,
		'default'     => $usual,
		'placeholder' => '',
		'label'       => $label,
		'description' => $description,
	);
}

function where(): array {
	$places = array(
		'everywhere' => __( 'On all pages', 'chat-widget-for-customgpt' ),
		'only'       => __( 'Only on pages that match below', 'chat-widget-for-customgpt' ),
		'except'     => __( 'On all pages except those that match below', 'chat-widget-for-customgpt' ),
	);
	return array(
		field( 'show', 'where', 'choice', 'everywhere', __( 'Pages', 'chat-widget-for-customgpt' ), __( 'Each page and post has a switch of its own, which goes before this.', 'chat-widget-for-customgpt' ), $places ),
		field( 'show', 'kinds', 'set', array(), __( 'Kinds of pages', 'chat-widget-for-customgpt' ), '', kinds() ),
		field( 'show', 'ids', 'ids', '', __( 'Single pages and posts', 'chat-widget-for-customgpt' ), __( 'Their ids, with commas between them.', 'chat-widget-for-customgpt' ) ),
		field( 'show', 'globs', 'lines', '', __( 'Addresses', 'chat-widget-for-customgpt' ), __( 'Paths, one on each line, such as /help/*. A star stands for anything.', 'chat-widget-for-customgpt' ) ),
		field( 'show', 'checkout', 'flag', false, __( 'Cart and checkout', 'chat-widget-for-customgpt' ), __( 'Show the chat on WooCommerce’s cart and checkout pages, too.', 'chat-widget-for-customgpt' ) ),
	);
}

function who(): array {
	$devices = array(
		'all'   => __( 'All', 'chat-widget-for-customgpt' ),
		'large' => __( 'Only large screens', 'chat-widget-for-customgpt' ),
		'small' => __( 'Only phones', 'chat-widget-for-customgpt' ),
	);
	return array(
		field( 'show', 'roles', 'set', array(), __( 'Hide from', 'chat-widget-for-customgpt' ), '', roles() ),
		field( 'show', 'devices', 'choice', 'all', __( 'Devices', 'chat-widget-for-customgpt' ), '', $devices ),
	);
}

function care(): array {
	$consent = array(
		'none'        => __( 'Do not wait: the chat works without consent', 'chat-widget-for-customgpt' ),
		'functional'  => __( 'Wait for consent to functional storage', 'chat-widget-for-customgpt' ),
		'preferences' => __( 'Wait for consent to preferences', 'chat-widget-for-customgpt' ),
	);
	return array(
		field( 'site', 'consent', 'choice', 'none', __( 'Consent', 'chat-widget-for-customgpt' ), __( 'With a consent plugin that speaks the WP Consent API, the chat can wait: until then it makes no request and stores nothing.', 'chat-widget-for-customgpt' ), $consent ),
		field( 'site', 'optimisers', 'flag', true, __( 'Optimisers', 'chat-widget-for-customgpt' ), __( 'Ask optimising plugins to leave the chat’s script as it is. It is small, and loads the rest only when a visitor opens the chat.', 'chat-widget-for-customgpt' ) ),
		field( 'site', 'keep', 'flag', false, __( 'Keep settings', 'chat-widget-for-customgpt' ), __( 'Keep these settings when the plugin is deleted.', 'chat-widget-for-customgpt' ) ),
	);
}

/** @return array<string, string> */
function kinds(): array {
	$kinds = array(
		'front'   => __( 'Front page', 'chat-widget-for-customgpt' ),
		'blog'    => __( 'Page of posts', 'chat-widget-for-customgpt' ),
		'archive' => __( 'Archives', 'chat-widget-for-customgpt' ),
		'search'  => __( 'Search results', 'chat-widget-for-customgpt' ),
		'404'     => __( 'Page not found', 'chat-widget-for-customgpt' ),
	);
	foreach ( get_post_types( array( 'public' => true ), 'objects' ) as $type ) {
		$kinds[ "type:{$type->name}" ] = $type->labels->name;
	}
	return $kinds;
}

/** @return array<string, string> */
function roles(): array {
	$roles = array( 'guest' => __( 'Visitors who are not signed in', 'chat-widget-for-customgpt' ) );
	foreach ( wp_roles()->get_names() as $role => $name ) {
		$roles[ $role ] = translate_user_role( $name );
	}
	return $roles;
}
