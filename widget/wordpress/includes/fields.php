<?php
/**
 * The fields of the settings page: the widget's options, from its own table, and what only a site can decide.
 */

namespace CustomGptWidget\Fields;

use function CustomGptWidget\widget_options;

defined( 'ABSPATH' ) || exit;

/** What the plugin decides itself: the place of the chat's element, and whose identity a page carries. */
const NOT_SET_HERE = array( 'target', 'identity' );

/** Options that are looks; all others are texts or behaviour. */
const LOOKS = array( 'mode', 'position', 'offset', 'color', 'theme', 'avatar', 'open' );

/** @return array<string, string> the headings of the sections, in order */
function sections(): array {
	return array(
		'connection' => __( 'Connection', 'chat-widget-for-customgpt' ),
		'looks'      => __( 'Looks', 'chat-widget-for-customgpt' ),
		'texts'      => __( 'Texts and behaviour', 'chat-widget-for-customgpt' ),
		'show'       => __( 'Where to show the chat', 'chat-widget-for-customgpt' ),
		'site'       => __( 'Consent, caches and data', 'chat-widget-for-customgpt' ),
	);
}

/** @return array<string, string> short labels; an option without one is labelled by its name */
function labels(): array {
	return array(
		'agent'       => __( 'Agent', 'chat-widget-for-customgpt' ),
		'proxy'       => __( 'Proxy address', 'chat-widget-for-customgpt' ),
		'mode'        => __( 'Placement', 'chat-widget-for-customgpt' ),
		'position'    => __( 'Side of the window', 'chat-widget-for-customgpt' ),
		'offset'      => __( 'Distance from the edges', 'chat-widget-for-customgpt' ),
		'color'       => __( 'Colour', 'chat-widget-for-customgpt' ),
		'open'        => __( 'Open at once', 'chat-widget-for-customgpt' ),
		'title'       => __( 'Title', 'chat-widget-for-customgpt' ),
		'label'       => __( 'Name of the button', 'chat-widget-for-customgpt' ),
		'theme'       => __( 'Light or dark', 'chat-widget-for-customgpt' ),
		'language'    => __( 'Language', 'chat-widget-for-customgpt' ),
		'avatar'      => __( 'Picture in the header', 'chat-widget-for-customgpt' ),
		'welcome'     => __( 'Opening line', 'chat-widget-for-customgpt' ),
		'placeholder' => __( 'Hint in the empty input', 'chat-widget-for-customgpt' ),
		'memory'      => __( 'How long conversations are kept', 'chat-widget-for-customgpt' ),
		'disclosure'  => __( 'Notice that a machine answers', 'chat-widget-for-customgpt' ),
		'starters'    => __( 'Suggested questions', 'chat-widget-for-customgpt' ),
		'contact'     => __( 'Contact', 'chat-widget-for-customgpt' ),
		'images'      => __( 'Hosts of pictures', 'chat-widget-for-customgpt' ),
		'page'        => __( 'Questions about the page', 'chat-widget-for-customgpt' ),
	);
}

/** @return array<string, string> what takes the place of the widget's sentence, where that speaks of attributes */
function descriptions(): array {
	return array(
		'mode'     => __( 'A chat within a page is a block or a shortcode.', 'chat-widget-for-customgpt' ),
		'open'     => __( 'Have the chat open when the page opens. It does not take the focus then.', 'chat-widget-for-customgpt' ),
		'color'    => __( 'As #rrggbb. Empty: the colour of your agent.', 'chat-widget-for-customgpt' ),
		'theme'    => '',
		'page'     => __( 'Whether a question may carry the address and title of the page it is asked on. The chat always shows it.', 'chat-widget-for-customgpt' ),
		'proxy'    => __( 'Where your proxy answers, such as https://chat.example.com. It keeps your key; this site never has it.', 'chat-widget-for-customgpt' ),
		'starters' => __( 'One on each line, or a JSON object of path patterns and lists for different pages.', 'chat-widget-for-customgpt' ),
		'images'   => __( 'Hosts whose pictures are shown in answers, one on each line, such as cdn.example.com. Other pictures are links.', 'chat-widget-for-customgpt' ),
		'memory'   => __( '`page`: until the visitor leaves the page. `visit`: until the tab is closed. Or a number of days, from 1 to 365.', 'chat-widget-for-customgpt' ),
	);
}

/** @return array<string, string> words of choices as people say them */
function words(): array {
	return array(
		'floating' => __( 'Button in a corner', 'chat-widget-for-customgpt' ),
		'side'     => __( 'Along the side of the page', 'chat-widget-for-customgpt' ),
		'full'     => __( 'The whole page', 'chat-widget-for-customgpt' ),
		'right'    => __( 'Right', 'chat-widget-for-customgpt' ),
		'left'     => __( 'Left', 'chat-widget-for-customgpt' ),
		'auto'     => __( 'As the visitor’s system is set', 'chat-widget-for-customgpt' ),
		'light'    => __( 'Light', 'chat-widget-for-customgpt' ),
		'dark'     => __( 'Dark', 'chat-widget-for-customgpt' ),
		'ask'      => __( 'When the visitor asks for it', 'chat-widget-for-customgpt' ),
		'on'       => __( 'Unless the visitor declines', 'chat-widget-for-customgpt' ),
		'off'      => __( 'Never', 'chat-widget-for-customgpt' ),
	);
}

/** @return array<int, array<string, mixed>> one for each option of the widget */
function of_widget(): array {
	$fields = array();
	foreach ( widget_options() as $key => $option ) {
		if ( in_array( $key, NOT_SET_HERE, true ) ) {
			continue;
		}
		// A chat within a page is a block or a shortcode.
		$names    = array_diff( $option['words'], array( 'inline' ) );
		$names    = array_combine( $names, $names );
		$section  = in_array( $key, LOOKS, true ) ? 'looks' : 'texts';
		$fields[] = array(
			'group'       => 'widget',
			'key'         => $key,
			'section'     => in_array( $key, array( 'agent', 'proxy' ), true ) ? 'connection' : $section,
			'kind'        => $option['kind'],
			'choices'     => array_merge( $names, array_intersect_key( words(), $names ) ),
			'default'     => default_of( $option ),
			'placeholder' => 'choice' === $option['kind'] || ! is_scalar( $option['fallback'] ) ? '' : (string) $option['fallback'],
			'label'       => labels()[ $key ] ?? ucfirst( $key ),
			'description' => descriptions()[ $key ] ?? $option['description'],
		);
	}
	// The address comes before what is at the address.
	usort(
		$fields,
		static function ( $one, $other ) {
			return ( 'proxy' === $other['key'] ) <=> ( 'proxy' === $one['key'] );
		}
	);
	return $fields;
}

/** What a field holds while the owner has not touched it: nothing, but for choices and switches. */
function default_of( array $option ) {
	return in_array( $option['kind'], array( 'choice', 'flag' ), true ) ? $option['fallback'] : '';
}

/** @return array<int, array<string, mixed>> */
function all(): array {
	/**
	 * The fields of the settings page.
	 */
	return (array) apply_filters( 'customgpt_widget_fields', array_merge( of_widget(), Site\all() ) );
}

/** The id of a field's control, and of its error. */
function id_of( array $field ): string {
	return "customgpt-widget-{$field['group']}-{$field['key']}";
}
