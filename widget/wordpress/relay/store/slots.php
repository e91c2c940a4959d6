<?php
/** Places for answers that hold a PHP worker: a fixed number, each a lease that runs out when its worker dies. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

const SLOT_LEASE_MS = 40000;

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
	public static function take(): ?self {
		$table  = table( 'slots' );
		$most   = max( 1, (int) setting( 'streams' ) );
		$holder = base64url( random_bytes( 12 ) );
		for ( $slot = 1; $slot <= $most; $slot++ ) {
			$now = now_ms();
			$sql = "UPDATE $table SET holder = %s, lease = %d WHERE slot = %d AND lease < %d";
			if ( 1 === change( $sql, $holder, $now + SLOT_LEASE_MS, $slot, $now ) ) {
				return new self( $slot, $holder );
			}
		}
		for ( $slot = 1; $slot <= $most; $slot++ ) {
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

/** How many places are taken. */
function slots_taken(): int {
	$row = row_of( 'SELECT COUNT(*) AS taken FROM ' . table( 'slots' ) . ' WHERE lease >= %d', now_ms() );
	return null === $row ? 0 : (int) $row['taken'];
}
