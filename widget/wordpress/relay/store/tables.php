<?php
/** The relay's tables. Whatever must be exact under race is one statement with a condition, and its affected rows. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const TABLES_VERSION = '1';
const TABLES_OPTION  = 'customgpt_widget_relay_tables';

function table( string $name ): string {
	global $wpdb;
	return $wpdb->prefix . 'customgpt_' . $name;
}

/** Makes the tables where they are missing; costs one cached option otherwise. */
function ensure_tables(): void {
	if ( TABLES_VERSION === get_option( TABLES_OPTION ) ) {
		return;
	}
	global $wpdb;
	require_once ABSPATH . 'wp-admin/includes/upgrade.php';
	$collate = $wpdb->get_charset_collate();
	$counts  = table( 'counts' );
	$slots   = table( 'slots' );
	$turns   = table( 'turns' );
	// dbDelta wants two spaces before the primary key's columns.
	dbDelta( "CREATE TABLE $counts (
		k varchar(64) NOT NULL,
		n bigint(20) NOT NULL DEFAULT 0,
		ends bigint(20) NOT NULL DEFAULT 0,
		PRIMARY KEY  (k),
		KEY ends (ends)
	) $collate;" );
	dbDelta( "CREATE TABLE $slots (
		slot int(11) NOT NULL,
		holder varchar(32) NOT NULL DEFAULT '',
		lease bigint(20) NOT NULL DEFAULT 0,
		PRIMARY KEY  (slot)
	) $collate;" );
	dbDelta( "CREATE TABLE $turns (
		id bigint(20) NOT NULL AUTO_INCREMENT,
		k1 varchar(64) NOT NULL,
		k2 varchar(64) DEFAULT NULL,
		k3 varchar(64) DEFAULT NULL,
		talking varchar(64) DEFAULT NULL,
		conversation varchar(64) DEFAULT NULL,
		sealed text DEFAULT NULL,
		digest varchar(64) NOT NULL DEFAULT '',
		asked varchar(64) NOT NULL DEFAULT '',
		prompt longtext DEFAULT NULL,
		newer bigint(20) NOT NULL DEFAULT -1,
		owner varchar(32) NOT NULL DEFAULT '',
		lease bigint(20) NOT NULL DEFAULT 0,
		heard bigint(20) NOT NULL DEFAULT 0,
		state varchar(16) NOT NULL DEFAULT 'running',
		retryable int(11) NOT NULL DEFAULT 0,
		last int(11) NOT NULL DEFAULT 0,
		log longtext DEFAULT NULL,
		began bigint(20) NOT NULL DEFAULT 0,
		ends bigint(20) NOT NULL DEFAULT 0,
		PRIMARY KEY  (id),
		UNIQUE KEY k1 (k1),
		UNIQUE KEY k2 (k2),
		UNIQUE KEY k3 (k3),
		UNIQUE KEY talking (talking),
		KEY conversation (conversation),
		KEY ends (ends)
	) $collate;" );
	update_option( TABLES_OPTION, TABLES_VERSION, true );
}

/** For uninstall.php: what visitors left behind. */
function drop_tables(): void {
	global $wpdb;
	foreach ( array( 'counts', 'slots', 'turns' ) as $name ) {
		$wpdb->query( 'DROP TABLE IF EXISTS ' . table( $name ) ); // phpcs:ignore WordPress.DB
	}
	delete_option( TABLES_OPTION );
	delete_option( SERVICE_OPTION );
	end_sweeping();
	$wpdb->query( $wpdb->prepare( "DELETE FROM $wpdb->options WHERE option_name LIKE %s OR option_name LIKE %s", '\_transient\_cgw\_%', '\_transient\_timeout\_cgw\_%' ) ); // phpcs:ignore WordPress.DB
}

/** For uninstall.php: what the owner set. */
function delete_settings(): void {
	delete_option( KEY_OPTION );
	delete_option( SECRET_OPTION );
	delete_option( ATTEMPT_OPTION );
}

/** Milliseconds since 1970. */
function now_ms(): int {
	return (int) floor( microtime( true ) * 1000 );
}

/**
 * Runs a statement and returns how many rows it changed. Tried again where the database chose it to break a deadlock;
 * what cannot be counted is refused, so that no limit is lifted silently.
 */
function change( string $sql, ...$values ): int {
	global $wpdb;
	$ready = array() === $values ? $sql : $wpdb->prepare( $sql, ...$values ); // phpcs:ignore WordPress.DB
	for ( $try = 0; $try < 3; $try++ ) {
		$changed = $wpdb->query( $ready ); // phpcs:ignore WordPress.DB
		if ( false !== $changed ) {
			return (int) $wpdb->rows_affected;
		}
		usleep( 20000 * ( $try + 1 ) );
	}
	throw new Refused( 'upstream-busy', array( 'retryAfter' => 2 ) );
}

function row_of( string $sql, ...$values ): ?array {
	global $wpdb;
	$row = $wpdb->get_row( $wpdb->prepare( $sql, ...$values ), ARRAY_A ); // phpcs:ignore WordPress.DB
	return is_array( $row ) ? $row : null;
}
