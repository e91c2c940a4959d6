<?php
/** Agents beside the usual one, by names that blocks and shortcodes use. Nobody can ask an agent that is not among them. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** @return array<string, int> */
function further_agents(): array {
	static $agents = null;
	if ( null === $agents ) {
		$given  = setting( 'agents' );
		$agents = is_array( $given ) ? array_map( 'intval', $given ) : agents_in( (string) $given ) ?? array();
	}
	return $agents;
}

/** Whether a block may name it. */
function is_agent( string $name ): bool {
	return null !== project_of( $name );
}

/** What lines such as "sales = 1234" say; null when one of them says something else. @return array<string, int>|null */
function agents_in( string $lines ): ?array {
	$agents = array();
	foreach ( array_filter( array_map( 'trim', explode( "\n", $lines ) ), 'strlen' ) as $line ) {
		if ( 1 !== preg_match( '/^([a-z0-9-]{1,40})\s*=\s*([1-9]\d{0,14})$/D', $line, $found ) || 'default' === $found[1] || isset( $agents[ $found[1] ] ) ) {
			return null;
		}
		$agents[ $found[1] ] = (int) $found[2];
	}
	return $agents;
}

/** The lines as they are stored; null when they cannot be used. @param mixed $given */
function read_agents( $given ): ?string {
	$agents = is_string( $given ) && strlen( $given ) < 5000 ? agents_in( $given ) : null;
	if ( null === $agents ) {
		return null;
	}
	$lines = array();
	foreach ( $agents as $name => $number ) {
		$lines[] = "$name = $number";
	}
	return implode( "\n", $lines );
}

/** @param callable $field as `add_fields` has it */
function field_of_agents( callable $field ): array {
	$description = __( 'Agents that blocks and shortcodes can name, one on each line: a name of small letters, digits and hyphens, and the agent’s number, such as `sales = 1234`. Nobody can ask an agent that is not listed.', 'chat-widget-for-customgpt' );
	return array_merge(
		$field( 'agents', '', __( 'Further agents', 'chat-widget-for-customgpt' ), $description ),
		array(
			'kind' => 'lines',
			'read' => __NAMESPACE__ . '\read_agents',
		)
	);
}
