<?php
/** Limits of questions and of everything else; a question takes one of each limit, or nothing at all. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** What one question has taken. */
final class Lease {
	public Slot $slot;
	/** Names of the budget's windows. @var string[] */
	private array $budget;
	private bool $is_over = false;

	public function __construct( Slot $slot, array $budget ) {
		$this->slot   = $slot;
		$this->budget = $budget;
	}

	/** The answer has ended here. `$refund`: the service certainly did not take the question. */
	public function end( bool $refund = false ): void {
		if ( $this->is_over ) {
			return;
		}
		$this->is_over = true;
		$this->slot->leave();
		foreach ( $refund ? $this->budget : array() as $name ) {
			give_back( $name );
		}
	}
}

/** Throws `too-many` or `budget-used-up`. */
function admit( Request $request, string $agent, string $visitor, bool $is_new ): Lease {
	$limits = array(
		array( 'visitor ' . $visitor, setting( 'visitorLimit' ) ),
		array( 'address ' . $request->address, setting( 'addressLimit' ) ),
	);
	if ( $is_new ) {
		$limits[] = array( 'new visitor ' . $request->address, setting( 'newVisitorLimit' ) );
	}
	$slot = Slot::take();
	if ( null === $slot ) {
		throw limit_refusal( 'too-many', 2 + wp_rand( 0, 2 ) );
	}
	$taken = array();
	try {
		foreach ( $limits as list( $name, $rates ) ) {
			take_rates( $name, $rates, $taken );
		}
		return new Lease( $slot, take_budget( $taken ) );
	} catch ( Refused $refused ) {
		foreach ( $taken as $name ) {
			give_back( $name );
		}
		$slot->leave();
		throw $refused;
	}
}

/** @param string[] $taken Gets the names of what was taken. */
function take_rates( string $name, array $rates, array &$taken ): void {
	$now = now_ms();
	foreach ( $rates as list( $most, $seconds ) ) {
		$length = $seconds * 1000;
		$window = intdiv( $now, $length );
		$ends   = ( $window + 1 ) * $length;
		$full   = "$name $seconds $window";
		if ( ! take_one( $full, (int) $most, $ends ) ) {
			throw limit_refusal( 'too-many', ( $ends - $now ) / 1000 );
		}
		$taken[] = $full;
	}
}

/**
 * Both windows are always counted, so that a budget that is set later includes what was spent before.
 *
 * @param string[] $taken
 * @return string[] Names of what was taken.
 */
function take_budget( array &$taken ): array {
	$now     = time();
	$windows = array(
		array( 'month ' . gmdate( 'Y-m', $now ), setting( 'monthBudget' ), (int) gmmktime( 0, 0, 0, (int) gmdate( 'n', $now ) + 1, 1, (int) gmdate( 'Y', $now ) ) ),
		array( 'day ' . gmdate( 'Y-m-d', $now ), setting( 'dayBudget' ), ( intdiv( $now, DAY ) + 1 ) * DAY ),
	);
	$names   = array();
	foreach ( $windows as list( $name, $most, $ends ) ) {
		if ( ! take_one( 'budget ' . $name, null === $most ? PHP_INT_MAX >> 1 : (int) $most, ( $ends + DAY ) * 1000 ) ) {
			throw limit_refusal( 'budget-used-up', $ends - $now );
		}
		$taken[] = 'budget ' . $name;
		$names[] = 'budget ' . $name;
	}
	return $names;
}

/** @param int|float $wait Seconds. */
function limit_refusal( string $code, $wait ): Refused {
	$details = array( 'retryAfter' => $wait );
	$words   = setting( 'limitMessage' );
	if ( is_string( $words ) && '' !== $words ) {
		$details['words'] = $words;
	}
	return new Refused( $code, $details );
}

/** Counts one action other than a question. */
function count_action( Request $request, string $deed, ?string $visitor ): void {
	$taken = array();
	$rates = setting( 'readLimit' );
	$more  = array_map( static fn( array $rate ): array => array( $rate[0] * 5, $rate[1] ), $rates );
	take_rates( "$deed address " . $request->address, $more, $taken );
	if ( null !== $visitor ) {
		take_rates( "$deed visitor $visitor", $rates, $taken );
	}
}
