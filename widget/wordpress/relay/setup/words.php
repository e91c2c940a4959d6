<?php
/** What the owner is told when a call of set-up fails: what is wrong, and what can be done about it. */

namespace CustomGptWidget\Relay;

defined( 'ABSPATH' ) || exit;

function words_for_owner( Refused $refused ): string {
	$said = said_by_service( $refused );
	if ( '' === api_key() ) {
		return __( 'Enter the key and save first.', 'chat-widget-for-customgpt' );
	}
	if ( ! empty( $refused->details['unknown'] ) ) {
		return __( 'CustomGPT.ai has not said whether it made the agent. Wait three minutes and press the button again: your agents are looked at first, and none is made twice.', 'chat-widget-for-customgpt' );
	}
	if ( ! empty( $refused->details['late'] ) ) {
		return __( 'CustomGPT.ai did not answer in time. Nothing was changed. Try again in a minute.', 'chat-widget-for-customgpt' );
	}
	if ( 'budget-used-up' === $refused->problem ) {
		return with_reason( __( 'Your plan at CustomGPT.ai has nothing left for this.', 'chat-widget-for-customgpt' ), $said );
	}
	switch ( $refused->details['service'] ?? 0 ) {
		case 0:
			return '' === $said ? __( 'CustomGPT.ai cannot be reached from this server. Does your host let it call other servers?', 'chat-widget-for-customgpt' ) : $said;
		case 400:
		case 422:
			return with_reason( __( 'CustomGPT.ai refused this.', 'chat-widget-for-customgpt' ), $said );
		case 401:
		case 403:
			return __( 'CustomGPT.ai does not accept the key. Was it copied whole, and does it still exist in your account?', 'chat-widget-for-customgpt' );
		case 404:
		case 410:
			return __( 'Your account at CustomGPT.ai has no such agent.', 'chat-widget-for-customgpt' );
		case 429:
			/* translators: %d: seconds */
			return sprintf( __( 'CustomGPT.ai has had too many requests. Try again in %d seconds.', 'chat-widget-for-customgpt' ), (int) ( $refused->details['retryAfter'] ?? 60 ) );
		case 503:
			return with_reason( __( 'CustomGPT.ai could not do it now. When it should read a sitemap: can it reach this site?', 'chat-widget-for-customgpt' ), $said );
	}
	/* translators: %d: an HTTP status such as 500 */
	return sprintf( __( 'CustomGPT.ai has a fault (%d). Try again later.', 'chat-widget-for-customgpt' ), (int) $refused->details['service'] );
}

/** One line without the key, should the service ever repeat it. */
function said_by_service( Refused $refused ): string {
	$said = tidy( (string) ( $refused->details['said'] ?? '' ), 200 ) ?? '';
	try {
		KeyGuard::refuse_key_in( $said );
	} catch ( Refused $carries_key ) {
		return '';
	}
	return $said;
}

function with_reason( string $sentence, string $said ): string {
	/* translators: 1: a sentence, 2: what CustomGPT.ai said */
	return '' === $said ? $sentence : sprintf( __( '%1$s It said: “%2$s”', 'chat-widget-for-customgpt' ), $sentence, $said );
}
