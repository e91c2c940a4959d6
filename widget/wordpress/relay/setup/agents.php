<?php
/** Set-up: the account's agents to choose from, how far one has come, and what the plan has left. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** Seconds for all pages of the list together. */
const LIST_SECONDS = 25.0;

/**
 * The account's agents, newest first. Throws `Refused`: half of a list is none.
 *
 * @return array<int, array{id: int, name: string, active: bool}>
 */
function agents(): array {
	$agents = array();
	$until  = microtime( true ) + LIST_SECONDS;
	for ( $page = 1; $page <= 10; $page++ ) {
		$query = http_build_query(
			array(
				'page'    => $page,
				'order'   => 'desc',
				'orderBy' => 'id',
			)
		);
		$data  = data_of( call_service( 'GET', '/projects?' . $query, null, 'project', false, min( 20.0, max( 1.0, $until - microtime( true ) ) ) ) );
		$list  = field( $data, 'data' );
		foreach ( is_array( $list ) ? $list : array() as $project ) {
			$id = id_of( field( $project, 'id' ) );
			if ( null !== $id && $id > 0 ) {
				$agents[ $id ] = array(
					'id'     => $id,
					'name'   => written( field( $project, 'project_name' ), 120 ) ?? (string) $id,
					'active' => flag( field( $project, 'is_chat_active' ), false ),
				);
			}
		}
		if ( null === first_text( field( $data, 'next_page_url' ) ) ) {
			break;
		}
		if ( microtime( true ) > $until ) {
			throw new Refused( 'upstream-down', array( 'late' => true ) );
		}
	}
	return array_values( $agents );
}

/** Whether the agent answers yet, and how many of its pages were read. @return array{active: bool, found: int, read: int} */
function agent_state( int $id ): array {
	$project = data_of( call_service( 'GET', project_path( $id ), null, 'project' ) );
	$stats   = data_of( call_service( 'GET', project_path( $id ) . '/stats', null, 'project' ) );
	return array(
		'active' => flag( field( $project, 'is_chat_active' ), false ),
		'found'  => number_of( field( $stats, 'pages_found' ) ),
		'read'   => number_of( field( $stats, 'pages_indexed' ) ),
	);
}

/** What the account's plan has and what of it is used, as [used, most] each. @return array<string, int[]> */
function plan(): array {
	$usage = data_of( call_service( 'GET', '/limits/usage', null, 'project' ) );
	$pair  = static fn( string $used, string $most ): array => array( number_of( field( $usage, $used ) ), number_of( field( $usage, $most ) ) );
	return array(
		'agents'    => $pair( 'current_projects_num', 'max_projects_num' ),
		'pages'     => $pair( 'current_total_storage_credits', 'max_total_storage_credits' ),
		'questions' => $pair( 'current_queries', 'max_queries' ),
	);
}

/** @param mixed $value */
function number_of( $value ): int {
	return is_numeric( $value ) ? max( 0, (int) $value ) : 0;
}
