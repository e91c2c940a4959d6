<?php
/** Fields of the settings page for this way to reach the agent: the key, the agent, the budgets. */

namespace CustomGptWidget\Relay;

use CustomGptWidget\Controls;
use CustomGptWidget\Fields;
use const CustomGptWidget\Settings_Page\SLUG;

defined( 'ABSPATH' ) || exit;

/** @param array<string, string> $connections */
function add_connection( array $connections ): array {
	$connections['relay'] = __( 'Through this site itself: it keeps the key and asks CustomGPT.ai', 'chat-widget-for-customgpt' );
	return $connections;
}

/** @param array<int, array<string, mixed>> $fields of the settings page */
function add_fields( array $fields ): array {
	$field = static function ( string $key, string $usual, string $label, string $description ): array {
		return array(
			'group'       => 'relay',
			'key'         => $key,
			'section'     => 'connection',
			'kind'        => 'count',
			'choices'     => array(),
			'default'     => $usual,
			'placeholder' => '',
			'label'       => $label,
			'description' => $description,
		);
	};
	$agent = array_merge(
		$field( 'project', '', __( 'Agent', 'chat-widget-for-customgpt' ), '' ),
		array( 'render' => __NAMESPACE__ . '\render_agent' )
	);
	$day   = __( 'How many questions are answered in a day at most, counted from midnight UTC, so that nobody can use up your plan. Empty: no limit.', 'chat-widget-for-customgpt' );
	$month = __( 'The same for a calendar month. Set it below what your plan has.', 'chat-widget-for-customgpt' );
	return array_merge(
		$fields,
		array(
			$agent,
			field_of_agents( $field ),
			$field( 'dayBudget', (string) defaults()['dayBudget'], __( 'Questions a day', 'chat-widget-for-customgpt' ), $day ),
			$field( 'monthBudget', '', __( 'Questions a month', 'chat-widget-for-customgpt' ), $month ),
		)
	);
}

function add_key_field(): void {
	$id    = 'customgpt-widget-relay-key';
	$extra = array( 'class' => "customgpt-widget-row $id-row" );
	if ( is_key_typed() ) {
		$extra['label_for'] = $id;
	}
	add_settings_field( $id, esc_html__( 'Key of CustomGPT.ai', 'chat-widget-for-customgpt' ), __NAMESPACE__ . '\render_key', SLUG, 'customgpt-widget-connection', $extra );
}

/** Whether the settings page is where the key is entered. */
function is_key_typed(): bool {
	return in_array( key_source(), array( 'option', 'none' ), true );
}

/** The key itself is never printed. */
function render_key(): void {
	printf( '<p id="customgpt-widget-relay-key-state">%s</p>', esc_html( masked_key() ) );
	if ( ! is_key_typed() ) {
		printf( '<p class="description">%s</p>', esc_html__( 'It comes from the server’s environment or from wp-config.php, and is changed there.', 'chat-widget-for-customgpt' ) );
		return;
	}
	$name  = KEY_OPTION;
	$error = '';
	foreach ( get_settings_errors( $name ) as $found ) {
		$error = $found['message'];
	}
	printf(
		'<input type="password" id="customgpt-widget-relay-key" name="%s[key]" value="" autocomplete="new-password" spellcheck="false" class="regular-text" aria-describedby="customgpt-widget-relay-key-state customgpt-widget-relay-key-description%s"%s>',
		esc_attr( $name ),
		'' === $error ? '' : ' customgpt-widget-relay-key-error',
		'' === $error ? '' : ' aria-invalid="true"'
	);
	if ( '' !== $error ) {
		printf( '<p class="customgpt-widget-error" id="customgpt-widget-relay-key-error">%s</p>', esc_html( $error ) );
	}
	if ( 'option' === key_source() ) {
		printf( '<p><label><input type="checkbox" name="%s[remove]" value="1"> %s</label></p>', esc_attr( $name ), esc_html__( 'Remove the key', 'chat-widget-for-customgpt' ) );
	}
	printf(
		'<p class="description" id="customgpt-widget-relay-key-description">%s</p>',
		Controls\with_code( __( 'From your account at CustomGPT.ai, under API. Empty: the key stays as it is. Whoever can read this site’s database can read it; a constant `CUSTOMGPT_API_KEY` in wp-config.php keeps it out of there.', 'chat-widget-for-customgpt' ) ) // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- with_code() escapes.
	);
}

/** A number, which the page's script makes a list of the account's agents. */
function render_agent( array $field, string $value ): void {
	$id = Fields\id_of( $field );
	if ( null !== outer( 'CUSTOMGPT_PROJECT_ID' ) ) {
		printf( '<p id="%s">%s</p>', esc_attr( $id ), esc_html( (string) setting( 'project' ) ) );
		return;
	}
	printf(
		'<input type="number" min="1" id="%1$s" name="%2$s" value="%3$s" class="regular-text" data-has-key="%4$s" aria-describedby="%1$s-state">
		<p class="description" id="%1$s-state" role="status">%5$s</p>',
		esc_attr( $id ),
		esc_attr( Controls\name_of( $field ) ),
		esc_attr( $value ),
		'' === api_key() ? '' : '1',
		'' === api_key() ? esc_html__( 'Enter the key and save; then your agents are listed here.', 'chat-widget-for-customgpt' ) : ''
	);
	if ( '' !== api_key() ) {
		render_creation();
	}
}

/** None of its fields is part of the form. */
function render_creation(): void {
	$name    = wp_specialchars_decode( get_bloginfo( 'name' ), ENT_QUOTES );
	$sitemap = (string) get_sitemap_url( 'index' );
	$inputs  = array(
		'name'    => array( __( 'Name', 'chat-widget-for-customgpt' ), 'text', $name ),
		'sitemap' => array( __( 'Sitemap', 'chat-widget-for-customgpt' ), 'url', $sitemap ),
	);
	printf( '<details id="customgpt-widget-creation"><summary>%s</summary>', esc_html__( 'Or make a new agent from this site’s pages', 'chat-widget-for-customgpt' ) );
	printf( '<p>%s</p>', esc_html__( 'CustomGPT.ai reads the pages that the sitemap lists. It must be able to reach this site, and your plan pays for the pages.', 'chat-widget-for-customgpt' ) );
	foreach ( $inputs as $key => list( $label, $type, $value ) ) {
		printf(
			'<p><label for="customgpt-widget-creation-%1$s">%2$s</label><br><input form="customgpt-widget-creation-form" type="%3$s" id="customgpt-widget-creation-%1$s" value="%4$s" class="regular-text"></p>',
			esc_attr( $key ),
			esc_html( $label ),
			esc_attr( $type ),
			esc_attr( $value )
		);
	}
	printf(
		'<p><button type="button" class="button" id="customgpt-widget-creation-start" disabled>%s</button> <span id="customgpt-widget-creation-state" role="status"></span></p></details>',
		esc_html__( 'Make the agent', 'chat-widget-for-customgpt' )
	);
}
