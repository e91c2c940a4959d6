<?php
/** The hourly sweep, so that answers do not lie in the database of a quiet site for long. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const SWEEP_EVENT = 'customgpt_widget_sweep';

function begin_sweeping(): void {
	if ( false === wp_next_scheduled( SWEEP_EVENT ) ) {
		wp_schedule_event( time() + HOUR_IN_SECONDS, 'hourly', SWEEP_EVENT );
	}
}

function end_sweeping(): void {
	wp_clear_scheduled_hook( SWEEP_EVENT );
}

/** Once more after the owner has chosen a proxy, and then no longer. */
function sweep_by_schedule(): void {
	ensure_tables();
	sweep( true );
	if ( ! is_chosen() ) {
		end_sweeping();
	}
}
