<?php
/** Creation of an agent from the site's sitemap: never twice, though the service may not have said what came of it. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** What was last asked for without an answer: name, sitemap, the newest agent before, and when. */
const ATTEMPT_OPTION = 'customgpt_widget_relay_attempt';
/** Seconds within which the service may still make what it was asked for. */
const ATTEMPT_SECONDS = 180;

/** Makes an agent from the site's sitemap; it answers once the service has read the pages. Returns its number. */
function create_agent_from_sitemap( string $name = '', string $sitemap = '' ): int {
	$sitemap = '' === $sitemap ? (string) get_sitemap_url( 'index' ) : $sitemap;
	$name    = '' === trim( $name ) ? wp_specialchars_decode( get_bloginfo( 'name' ), ENT_QUOTES ) : trim( $name );
	if ( null === web_address( $sitemap ) ) {
		throw new Refused( 'bad-request', array( 'said' => __( 'That is no address of a sitemap.', 'chat-widget-for-customgpt' ) ) );
	}
	ensure_tables();
	open_ended();
	$lock = 'creation of an agent';
	change( 'DELETE FROM ' . table( 'counts' ) . ' WHERE k = %s AND ends < %d', digest( 'count', $lock ), now_ms() );
	if ( ! take_one( $lock, 1, now_ms() + 1000 * ATTEMPT_SECONDS ) ) {
		throw outcome_unknown();
	}
	try {
		return earlier_outcome( $name, $sitemap ) ?? create_agent( $name, $sitemap );
	} finally {
		clear_count( $lock );
	}
}

/** The agent that the last attempt has made after all; null where it has certainly made none. */
function earlier_outcome( string $name, string $sitemap ): ?int {
	wp_cache_delete( ATTEMPT_OPTION, 'options' );
	$attempt = get_option( ATTEMPT_OPTION );
	if ( ! is_array( $attempt ) || $attempt['name'] !== $name || $attempt['sitemap'] !== $sitemap ) {
		return null;
	}
	$made = made_since( $name, $attempt['newest'] );
	if ( null === $made && time() - $attempt['at'] < ATTEMPT_SECONDS ) {
		throw outcome_unknown();
	}
	delete_option( ATTEMPT_OPTION );
	return $made;
}

function create_agent( string $name, string $sitemap ): int {
	$newest = max( array_merge( array( 0 ), array_column( agents(), 'id' ) ) );
	$at     = time();
	// Written down first, for a request that is ended while it waits.
	update_option( ATTEMPT_OPTION, compact( 'name', 'sitemap', 'newest', 'at' ), false );
	$body = array(
		'project_name' => $name,
		'sitemap_path' => $sitemap,
	);
	try {
		$id = id_of( field( data_of( call_service( 'POST', '/projects', $body, 'project', true, 30.0 ) ), 'id' ) );
		if ( null === $id || $id < 1 ) {
			throw new Refused( 'upstream-down', array( 'unsure' => true ) );
		}
	} catch ( Refused $refused ) {
		$id = after_failure( $refused, $name, $newest );
	}
	delete_option( ATTEMPT_OPTION );
	return $id;
}

/** The agent that was made although the call failed. Throws what the owner is to be told. */
function after_failure( Refused $refused, string $name, int $newest ): int {
	$status    = $refused->details['service'] ?? 0;
	$is_unsure = 'upstream-down' === $refused->problem && ( ! empty( $refused->details['unsure'] ) || in_array( $status, array( 502, 504 ), true ) );
	try {
		$made = $is_unsure || $status >= 500 ? made_since( $name, $newest ) : null;
	} catch ( Refused $again ) {
		throw outcome_unknown();
	}
	if ( null !== $made ) {
		return $made;
	}
	if ( $is_unsure ) {
		throw outcome_unknown();
	}
	delete_option( ATTEMPT_OPTION );
	throw $refused;
}

/** The agent of this name that is newer than another. */
function made_since( string $name, int $newest ): ?int {
	foreach ( agents() as $agent ) {
		if ( $agent['id'] > $newest && written( $name, 120 ) === $agent['name'] ) {
			return $agent['id'];
		}
	}
	return null;
}

function outcome_unknown(): Refused {
	return new Refused( 'upstream-down', array( 'unknown' => true ) );
}
