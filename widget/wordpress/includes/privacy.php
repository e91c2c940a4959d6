<?php
/**
 * Words for the site's privacy policy, and the plugin's place in the WP Consent API.
 */

namespace CustomGptWidget\Privacy;

use CustomGptWidget\Relay;
use const CustomGptWidget\FILE;

defined( 'ABSPATH' ) || exit;

function start(): void {
	add_action( 'admin_init', __NAMESPACE__ . '\suggest' );
	add_filter( 'wp_consent_api_registered_' . plugin_basename( FILE ), '__return_true' );
}

function suggest(): void {
	$sentences = array(
		__( 'This site has a chat in which a machine answers questions. What you write there is sent, together with the address of the page where the conversation allows that, to a server of this site’s owner and from there to CustomGPT.ai, which writes the answer and stores the conversation.', 'chat-widget-for-customgpt' ),
		__( 'Your browser stores a random token and the conversation, so that it is still there on the next page. The chat sets no cookies.', 'chat-widget-for-customgpt' ),
	);
	if ( Relay\is_chosen() ) {
		$sentences[] = __( 'This site keeps each answer for an hour and a half at most, so that it is not lost with a connection; for a day how many questions came from you and from your network address; and for sixty days that there was a conversation: all but the answer in a form from which neither you nor your address can be read.', 'chat-widget-for-customgpt' );
	}
	wp_add_privacy_policy_content( __( 'Chat Widget for CustomGPT', 'chat-widget-for-customgpt' ), wp_kses_post( wpautop( implode( "\n\n", $sentences ) ) ) );
}
