<?php
/** Circuit breaker: lets calls of the service pass unless a circuit is open or a wait runs, and learns from their results. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** Milliseconds between calls of the relay's own on suspicion, so that no caller can cause them without end. */
const SUSPICION_MS = 5000;

/**
 * Runs a call of the service, and returns what it returns; throws where the call may not pass.
 *
 * @param string $kind `begin`, `ask`, `profile`, `messages`, `react` or `forget`.
 * @param Caller|null $who Null where the call carries nothing of a visitor's.
 * @return mixed
 */
function guarded( string $kind, int $project, ?Caller $who, callable $work ) {
	$state = service_state();
	if ( is_troubled( $state ) ) {
		check_call( $state, $kind, $project, $who );
	}
	// Nobody of whom a conversation's start could tell.
	$told = 'begin' === $kind ? null : $who;
	try {
		$result = $work();
	} catch ( Refused $failure ) {
		record_failure( $kind, $project, $told, $failure );
		throw $failure;
	}
	record_success( $state, $kind, $project, $told );
	return $result;
}

/** Throws where the call may not pass; first looks whether the service is back, where that is due. */
function check_call( array $state, string $kind, int $project, ?Caller $who ): void {
	$names  = circuits_of( $kind, $project );
	$is_due = static fn( string $name ): bool => is_probe_due( $state['circuits'][ $name ] ?? array() );
	if ( array() !== array_filter( $names, $is_due ) && ( $state['waits']['all'] ?? 0 ) <= now_ms() ) {
		look( $project );
		$state = service_state();
	}
	check_waits( $state, $kind );
	foreach ( $names as $name ) {
		$circuit = $state['circuits'][ $name ] ?? array();
		if ( is_open( $circuit ) ) {
			throw refusal_of( $name, $circuit );
		}
	}
	if ( is_asking( $kind ) ) {
		check_caller( $who );
	}
}

function record_failure( string $kind, int $project, ?Caller $who, Refused $failure ): void {
	$seconds   = 'upstream-busy' === $failure->problem ? $failure->details['retryAfter'] ?? null : null;
	$is_failed = 'ask' === $kind && 'answer-cut' !== $failure->problem;
	$is_news   = true;
	$is_odd    = null !== $who && in_array( $failure->problem, array( 'upstream-busy', 'agent-unavailable' ), true );
	change_state(
		static function ( array $state ) use ( $kind, $project, $who, $failure, $seconds, $is_failed, &$is_news, &$is_odd ): array {
			$is_news = ! is_troubled( $state );
			foreach ( circuits_of( $kind, $project ) as $name ) {
				$next   = after_call( $name, $state['circuits'][ $name ] ?? array(), $kind, $who, $failure );
				$calls  = $next['failed'][ $kind ]['calls'] ?? 0;
				$is_odd = $is_odd || ( false === verdict( $name, $failure ) && 'account' !== $name && 0 === $calls % SUSPICIOUS_CALLS );
				$state  = with_circuit( $state, $name, $next );
			}
			$state = null === $seconds ? $state : with_wait( $state, $kind, (int) $seconds, $who );
			return $is_failed ? array_merge( $state, array( 'troubled' => now_ms() + TROUBLE_MS ) ) : $state;
		}
	);
	if ( $is_failed ) {
		note_failure( $who, $seconds, $is_news );
	}
	if ( $is_odd ) {
		suspect( $project );
	}
}

/** Costs nothing while all is well. */
function record_success( array $before, string $kind, int $project, ?Caller $who ): void {
	if ( ! is_troubled( $before ) ) {
		return;
	}
	change_state(
		static function ( array $state ) use ( $kind, $project, $who ): array {
			foreach ( circuits_of( $kind, $project ) as $name ) {
				$state = with_circuit( $state, $name, after_call( $name, $state['circuits'][ $name ] ?? array(), $kind, $who, null ) );
			}
			return $state;
		}
	);
	if ( 'ask' === $kind && ( $before['troubled'] ?? 0 ) > now_ms() ) {
		note_answer( $who );
	}
}

function with_circuit( array $state, string $name, array $circuit ): array {
	if ( array() === $circuit ) {
		unset( $state['circuits'][ $name ] );
	} else {
		$state['circuits'][ $name ] = $circuit;
	}
	return $state;
}

/** The agent with which a call of the relay's own is to find out what is true, once nobody waits for this request. */
function suspect( ?int $given = null ): ?int {
	static $project = null;
	$project        = $given ?? $project;
	return $project;
}

function look_if_suspected(): void {
	$project = suspect();
	if ( null !== $project && now_ms() - ( service_state()['looked'] ?? 0 ) >= SUSPICION_MS ) {
		finish_response();
		look( $project );
	}
}

/** Calls the service with nothing of a visitor's, unless another request is doing so, and records what that says. */
function look( int $project ): void {
	$is_ours = false;
	change_state(
		static function ( array $state ) use ( &$is_ours ): array {
			$is_ours = ( $state['looking'] ?? 0 ) <= now_ms();
			return $is_ours ? array_merge( $state, array( 'looking' => now_ms() + 8000 ) ) : $state;
		}
	);
	if ( ! $is_ours ) {
		return;
	}
	$failure = null;
	try {
		call_service( 'GET', project_path( $project ) . '/settings', null, 'project', false, 5.0 );
	} catch ( Refused $refused ) {
		$failure = $refused;
	}
	change_state(
		static function ( array $state ) use ( $project, $failure ): array {
			$others = array_keys( array_filter( $state['circuits'] ?? array(), __NAMESPACE__ . '\is_probe_due' ) );
			foreach ( array_unique( array_merge( circuits_of( 'ask', $project ), array_filter( $others, __NAMESPACE__ . '\is_of_service' ) ) ) as $name ) {
				$state = with_circuit( $state, $name, after_probe( $name, $state['circuits'][ $name ] ?? array(), $failure ) );
			}
			$seconds = null !== $failure && 'upstream-busy' === $failure->problem ? $failure->details['retryAfter'] ?? null : null;
			if ( null !== $seconds ) {
				$state['waits']['all'] = max( now_ms() + 1000 * $seconds, $state['waits']['all'] ?? 0 );
			}
			return array_merge( $state, array( 'looking' => 0, 'looked' => now_ms() ) );
		}
	);
}
