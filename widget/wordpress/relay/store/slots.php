<?php
/** Places for what holds a PHP worker: a fixed number, each a lease that runs out when its worker dies. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const SLOT_LEASE_MS = 40000;
/** Numbers after which the places of short calls stand, and of those who wait for one. */
const SHORT_PLACES   = 1000;
const WAITING_PLACES = 2000;

/** One place, from the moment it is taken until `leave`. */
final class Slot {
	private int $slot;
	private string $holder;
	private int $renewed;

	private function __construct( int $slot, string $holder ) {
		$this->slot    = $slot;
		$this->holder  = $holder;
		$this->renewed = now_ms();
	}

	/** Null when all places are taken. */
	public static function take( int $after = 0 ): ?self {
		$table  = table( 'slots' );
		$most   = max( 1, intdiv( (int) setting( 'streams' ), 0 === $after ? 1 : 2 ) );
		$holder = base64url( random_bytes( 12 ) );
		for ( $slot = $after + 1; $slot <= $after + $most; $slot++ ) {
			$now = now_ms();
			$sql = "UPDATE $table SET holder = %s, lease = %d WHERE slot = %d AND lease < %d";
			if ( 1 === change( $sql, $holder, $now + SLOT_LEASE_MS, $slot, $now ) ) {
				return new self( $slot, $holder );
			}
		}
		for ( $slot = $after + 1; $slot <= $after + $most; $slot++ ) {
			if ( 1 === change( "INSERT IGNORE INTO $table (slot, holder, lease) VALUES (%d, %s, %d)", $slot, $holder, now_ms() + SLOT_LEASE_MS ) ) {
				return new self( $slot, $holder );
			}
		}
		return null;
	}

	/** To be called often: renews the lease when a quarter of it has gone. */
	public function renew(): void {
		$now = now_ms();
		if ( $now - $this->renewed < SLOT_LEASE_MS / 4 ) {
			return;
		}
		$this->renewed = $now;
		change( 'UPDATE ' . table( 'slots' ) . ' SET lease = %d WHERE slot = %d AND holder = %s', $now + SLOT_LEASE_MS, $this->slot, $this->holder );
	}

	public function leave(): void {
		change( 'UPDATE ' . table( 'slots' ) . " SET lease = 0, holder = '' WHERE slot = %d AND holder = %s", $this->slot, $this->holder );
	}
}

/** How many places of answers are taken. */
function slots_taken(): int {
	$row = row_of( 'SELECT COUNT(*) AS taken FROM ' . table( 'slots' ) . ' WHERE lease >= %d AND slot <= %d', now_ms(), SHORT_PLACES );
	return null === $row ? 0 : (int) $row['taken'];
}

/**
 * Runs a call of the service that is no question, in a place of its own: however slow the service is, few workers wait
 * for it. Throws `upstream-busy` when none is free in time, or as many wait already.
 *
 * @return mixed
 */
function in_short_place( int $patience_ms, callable $work ) {
	$until   = now_ms() + $patience_ms;
	$slot    = Slot::take( SHORT_PLACES );
	$waiting = null === $slot && $patience_ms > 0 ? Slot::take( WAITING_PLACES ) : null;
	while ( null === $slot && null !== $waiting && now_ms() < $until ) {
		usleep( 100000 );
		$slot = Slot::take( SHORT_PLACES );
	}
	if ( null !== $waiting ) {
		$waiting->leave();
	}
	if ( null === $slot ) {
		throw new Refused( 'upstream-busy', array( 'retryAfter' => 1 + wp_rand( 0, 2 ) ) );
	}
	try {
		return $work();
	} finally {
		$slot->leave();
	}
}
