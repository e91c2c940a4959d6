<?php
/** The agent's public profile: an allow-list of its settings, kept for a minute, and in an outage for an hour. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

/** Throws `Refused`. */
function profile_of( string $agent, int $project ): array {
	$name = kept_name( "profile $project" );
	$kept = get_transient( $name );
	$old  = is_array( $kept ) && isset( $kept['until'], $kept['profile'] ) ? $kept : null;
	if ( null !== $old && now_ms() < $old['until'] ) {
		return from_profile( $agent, $old['profile'] );
	}
	try {
		$fetch   = static fn(): array => guarded( 'profile', $project, null, static fn(): array => fetch_profile( $project ) );
		$profile = in_short_place( null === $old ? 3000 : 0, $fetch );
	} catch ( Refused $refused ) {
		if ( null === $old || ! in_array( $refused->problem, array( 'upstream-down', 'upstream-busy' ), true ) ) {
			throw $refused;
		}
		$profile = $old['profile'];
	}
	$until = now_ms() + 60000;
	set_transient( $name, compact( 'until', 'profile' ), HOUR_IN_SECONDS );
	return from_profile( $agent, $profile );
}

/** Name of a transient about the service's things: at another address they are others. */
function kept_name( string $what ): string {
	return 'cgw_' . substr( digest( 'kept', service_base() . ' ' . $what ), 0, 22 );
}

function fetch_profile( int $project ): array {
	$settings = data_of( call_service( 'GET', project_path( $project ) . '/settings', null, 'project', false, 10.0 ) );
	if ( ! is_array( $settings ) ) {
		throw new Refused( 'upstream-down' );
	}
	$title = written( $settings['chatbot_title'] ?? null, 120 );
	if ( null === $title ) {
		$named = data_of( call_service( 'GET', project_path( $project ), null, 'project', false, 10.0 ) );
		$title = written( field( $named, 'project_name' ), 120 ) ?? '';
	}
	$text     = static fn( string $name, int $longest = 500 ): ?string => written( $settings[ $name ] ?? null, $longest );
	$launcher = flag( $settings['spotlight_avatar_enabled'] ?? null, false ) && 'image' === ( $settings['spotlight_avatar_type'] ?? null );
	return array(
		'title'           => $title,
		'avatar'          => picture_address( $settings['chatbot_avatar'] ?? null ),
		'launcherPicture' => $launcher ? picture_address( $settings['spotlight_avatar'] ?? null ) : null,
		'color'           => color_of( $settings['chatbot_color'] ?? null ),
		'placeholder'     => $text( 'default_prompt' ),
		'starters'        => starters_of( $settings['example_questions'] ?? null ),
		'language'        => language_tag( $settings['chatbot_msg_lang'] ?? null ),
		'feedback'        => flag( $settings['enable_feedbacks'] ?? null, true ),
		'citations'       => flag( $settings['enable_citations'] ?? null, true ),
		'texts'           => array(
			'thinking'     => $text( 'hang_in_there_msg' ),
			'outage'       => $text( 'chatbot_siesta_msg' ),
			'outOfQueries' => $text( 'account_out_of_queries_msg' ),
			'noAnswer'     => $text( 'no_answer_message', 1000 ),
			'tryAsking'    => $text( 'try_asking_questions_msg' ),
			'sources'      => $text( 'citations_sources_label_msg' ),
			'terms'        => $text( 'input_field_addendum' ),
			'disclosure'   => $text( 'ai_disclaimer' ),
		),
	);
}

function from_profile( string $agent, array $profile ): array {
	$profile['avatar']          = picture_path( $profile['avatar'] );
	$profile['launcherPicture'] = picture_path( $profile['launcherPicture'] );
	return array_merge(
		array( 'agent' => $agent ),
		$profile,
		array(
			'longestPrompt' => (int) setting( 'longestPrompt' ),
			'contact'       => false,
		)
	);
}

/** A boolean as the service writes it: true, 1, "1", "true"; null and absent mean the default. @param mixed $value */
function flag( $value, bool $fallback ): bool {
	if ( is_bool( $value ) ) {
		return $value;
	}
	if ( is_int( $value ) || is_float( $value ) ) {
		return 0 !== (int) $value;
	}
	return is_string( $value ) && '' !== trim( $value ) ? 1 !== preg_match( '/^(0|0\.0+|false|no|off)$/iD', trim( $value ) ) : $fallback;
}

/** @param mixed $value */
function color_of( $value ): ?string {
	if ( ! is_string( $value ) || 1 !== preg_match( '/^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/iD', trim( $value ), $found ) ) {
		return null;
	}
	$digits = strlen( $found[1] ) < 6 ? (string) preg_replace( '/./', '$0$0', $found[1] ) : $found[1];
	return '#' . strtolower( substr( $digits, 0, 6 ) );
}

/** @param mixed $value @return string[] */
function starters_of( $value ): array {
	$list = array();
	foreach ( is_array( $value ) ? $value : array() as $question ) {
		$list[] = written( $question, 200 );
	}
	return array_slice( array_values( array_unique( array_filter( $list ) ) ), 0, 8 );
}

/** A language tag in its usual writing, with the tag that browsers know for Mandarin. @param mixed $value */
function language_tag( $value ): ?string {
	$tag = is_string( $value ) ? str_replace( '_', '-', trim( $value ) ) : '';
	if ( 1 !== preg_match( '/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/iD', $tag ) ) {
		return null;
	}
	$parts    = explode( '-', strtolower( $tag ) );
	$parts[0] = 'cmn' === $parts[0] ? 'zh' : $parts[0];
	foreach ( $parts as $place => $part ) {
		if ( $place > 0 && 2 === strlen( $part ) ) {
			$parts[ $place ] = strtoupper( $part );
		} elseif ( $place > 0 && 4 === strlen( $part ) ) {
			$parts[ $place ] = ucfirst( $part );
		}
	}
	return implode( '-', $parts );
}
