<?php
/** Settings of the relay: defaults, and what the plugin's settings or the environment say instead. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** Every setting of the relay with its default. The plugin's settings hold some of them, by the same names, under `relay`. */
function defaults(): array {
	return array(
		/* Number of the agent (the service says "project"). */
		'project'         => 0,
		/* Further agents by name: an array, or lines such as "sales = 1234". */
		'agents'          => '',
		/* Address of the service's API. */
		'base'            => 'https://app.customgpt.ai/api/v1',
		/* Further origins that may use the relay, beside the site's own. */
		'origins'         => array(),
		/* How many of the owner's proxies stand in front and append to X-Forwarded-For. */
		'trustProxy'      => 0,
		/* Questions of one visitor, as [most, seconds] each. */
		'visitorLimit'    => array( array( 20, 60 ), array( 150, 3600 ), array( 500, 86400 ) ),
		/* Questions from one network address. */
		'addressLimit'    => array( array( 120, 60 ), array( 1200, 3600 ), array( 6000, 86400 ) ),
		/* New visitors from one network address. */
		'newVisitorLimit' => array( array( 60, 60 ), array( 600, 3600 ), array( 3000, 86400 ) ),
		/* Joining, reading, rating, stopping and deleting, by visitor. */
		'readLimit'       => array( array( 60, 60 ), array( 1000, 3600 ) ),
		/* Questions a day and a month of UTC; null is no limit. */
		'dayBudget'       => 100,
		'monthBudget'     => null,
		/* What visitors read when a limit or the budget is reached. */
		'limitMessage'    => null,
		/* Answers that are written or read at once. Each takes a PHP worker, of which shared hosts have 2 to 10. */
		'streams'         => 2,
		/* Whether answers are streamed; false tells each answer whole. */
		'streaming'       => true,
		'longestPrompt'   => 4000,
		'visitorDays'     => 30,
		/* Seconds. */
		'firstByte'       => 60.0,
		'idle'            => 60.0,
		'total'           => 120.0,
		'heartbeat'       => 15.0,
		/* For how many seconds an ended answer can still be fetched. */
		'keep'            => 600,
		/* When new visitors have to solve a challenge: never, busy or always. */
		'proofOfWork'     => 'busy',
	);
}

/** @return mixed */
function setting( string $name ) {
	static $all = null;
	if ( null === $all ) {
		$given = function_exists( 'CustomGptWidget\settings' ) ? \CustomGptWidget\settings() : array();
		$relay = isset( $given['relay'] ) && is_array( $given['relay'] ) ? $given['relay'] : array();
		/**
		 * The relay's settings, by the names of `defaults()`.
		 */
		$relay = (array) apply_filters( 'customgpt_widget_relay_settings', array_merge( defaults(), $relay ) );
		$all   = array_merge( defaults(), array_intersect_key( $relay, defaults() ) );
		$base  = outer( 'CUSTOMGPT_BASE_URL' );
		if ( null !== $base ) {
			$all['base'] = $base;
		}
		foreach ( array( 'dayBudget', 'monthBudget' ) as $budget ) {
			$all[ $budget ] = null === $all[ $budget ] || '' === $all[ $budget ] ? null : (int) $all[ $budget ];
		}
		$project = outer( 'CUSTOMGPT_PROJECT_ID' );
		if ( null !== $project ) {
			$all['project'] = (int) $project;
		}
	}
	return $all[ $name ];
}

/** A value of the environment, else of a constant in wp-config.php; null when neither is set. */
function outer( string $name ): ?string {
	$value = getenv( $name );
	if ( is_string( $value ) && '' !== $value ) {
		return $value;
	}
	$value = defined( $name ) ? constant( $name ) : null;
	return is_scalar( $value ) && '' !== (string) $value ? (string) $value : null;
}

/** The service's agent behind an agent's name, or null. The number always comes from the settings. */
function project_of( string $agent ): ?int {
	$project = 'default' === $agent ? (int) setting( 'project' ) : ( further_agents()[ $agent ] ?? 0 );
	return $project > 0 ? $project : null;
}
