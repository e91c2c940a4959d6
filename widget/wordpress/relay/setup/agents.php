<?php
/** Set-up: the account's agents to choose from, and a new one made from the site's own sitemap. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/**
 * The account's agents, newest first.
 *
 * @return array<int, array{id: int, name: string, active: bool}>
 */
function agents(): array {
	$agents = array();
	for ( $page = 1; $page <= 10; $page++ ) {
		$query = http_build_query(
			array(
				'page'    => $page,
				'order'   => 'desc',
				'orderBy' => 'id',
			)
		);
		$data  = data_of( call_service( 'GET', '/projects?' . $query, null, 'project' ) );
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
	}
	return array_values( $agents );
}

/** Makes an agent from the site's sitemap; it answers once the service has read the pages. Returns its number. */
function create_agent_from_sitemap( string $name = '', string $sitemap = '' ): int {
	$address = '' === $sitemap ? (string) get_sitemap_url( 'index' ) : $sitemap;
	if ( null === web_address( $address ) ) {
		throw new Refused( 'bad-request' );
	}
	$body = array(
		'project_name' => '' === trim( $name ) ? wp_specialchars_decode( get_bloginfo( 'name' ), ENT_QUOTES ) : trim( $name ),
		'sitemap_path' => $address,
	);
	$id   = id_of( field( data_of( call_service( 'POST', '/projects', $body, 'project', true, 30.0 ) ), 'id' ) );
	if ( null === $id || $id < 1 ) {
		throw new Refused( 'upstream-down' );
	}
	return $id;
}
