<?php
/**
 * Plugins that merge, delay and cache: asked to leave the chat's script alone, and told when settings have changed.
 */

namespace CustomGptWidget\Optimisers;

use function CustomGptWidget\settings;
use const CustomGptWidget\OPTION;

defined( 'ABSPATH' ) || exit;

/** What names the chat's scripts in their addresses. */
const SCRIPTS = array( 'chat-widget-for-customgpt/widget/widget.js', 'chat-widget-for-customgpt/assets/wait.js' );

/** Filters of optimisers that take a list of scripts to leave alone. */
const FILTERS = array(
	'autoptimize_filter_js_exclude',
	'litespeed_optimize_js_excludes',
	'litespeed_optm_js_defer_exc',
	'rocket_delay_js_exclusions',
	'rocket_exclude_defer_js',
	'rocket_exclude_js',
	'sgo_javascript_combine_exclude',
	'sgo_js_async_exclude',
);

function start(): void {
	foreach ( FILTERS as $filter ) {
		add_filter( $filter, __NAMESPACE__ . '\exclude' );
	}
	add_action( 'update_option_' . OPTION, __NAMESPACE__ . '\purge_caches' );
	add_action( 'add_option_' . OPTION, __NAMESPACE__ . '\purge_caches' );
}

function are_asked(): bool {
	return (bool) settings()['site']['optimisers'];
}

/** @return array<string, string> attributes by which optimisers leave a script alone */
function attributes(): array {
	if ( ! are_asked() ) {
		return array();
	}
	return array(
		'data-no-optimize' => '1',
		'data-no-defer'    => '1',
		'data-noptimize'   => '1',
		'data-cfasync'     => 'false',
		'nowprocket'       => true,
	);
}

/** @param string[]|string $list some take words with commas between them */
function exclude( $list ) {
	if ( ! are_asked() ) {
		return $list;
	}
	return is_array( $list ) ? array_merge( $list, SCRIPTS ) : trim( $list . ', ' . implode( ', ', SCRIPTS ), ', ' );
}

/** Pages in caches still say what was set before. */
function purge_caches(): void {
	do_action( 'litespeed_purge_all' );
	do_action( 'cache_enabler_clear_complete_cache' );
	foreach ( array( 'rocket_clean_domain', 'wp_cache_clear_cache', 'w3tc_flush_all', 'sg_cachepress_purge_cache' ) as $purge ) {
		if ( function_exists( $purge ) ) {
			$purge();
		}
	}
}
