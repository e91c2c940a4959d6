<?php
/** Callers, for whom calls are made, and counts of different ones: another token or address makes no new caller. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** How many are distinguished. */
const MOST_CALLERS = 40;

final class Caller {
	public string $visitor;
	public string $address;

	public function __construct( string $visitor, string $address ) {
		$this->visitor = $visitor;
		$this->address = $address;
	}
}

/** @param Caller|null $who Null for a call that carries nothing of a visitor's: it counts as one more caller. */
function with_caller( array $count, ?Caller $who ): array {
	$count += array(
		'visitors'  => array(),
		'addresses' => array(),
		'others'    => 0,
		'calls'     => 0,
	);
	++$count['calls'];
	if ( null === $who ) {
		++$count['others'];
		return $count;
	}
	foreach ( array( 'visitors' => $who->visitor, 'addresses' => $who->address ) as $list => $name ) {
		$known = substr( digest( 'caller', $name ), 0, 11 );
		if ( count( $count[ $list ] ) < MOST_CALLERS && ! in_array( $known, $count[ $list ], true ) ) {
			$count[ $list ][] = $known;
		}
	}
	return $count;
}

/** Many tokens at one address are one, and so is one token at many addresses. */
function callers_in( array $count ): int {
	return ( $count['others'] ?? 0 ) + min( count( $count['visitors'] ?? array() ), count( $count['addresses'] ?? array() ) );
}
