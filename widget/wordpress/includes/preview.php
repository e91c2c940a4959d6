<?php
/**
 * A drawing of the chat beside the settings, which follows what is entered.
 */

namespace CustomGptWidget\Preview;

defined( 'ABSPATH' ) || exit;

function render(): void {
	?>
	<aside class="customgpt-widget-aside" aria-label="<?php esc_attr_e( 'Preview', 'chat-widget-for-customgpt' ); ?>">
		<h2><?php esc_html_e( 'Preview', 'chat-widget-for-customgpt' ); ?></h2>
		<div class="customgpt-widget-preview" id="customgpt-widget-preview" aria-hidden="true">
			<div class="customgpt-widget-preview-page"><i></i><i></i><i></i><i></i><i></i></div>
			<div class="customgpt-widget-preview-panel">
				<div class="customgpt-widget-preview-header"><span class="customgpt-widget-preview-avatar"></span><b data-text="title"><?php esc_html_e( 'Your agent', 'chat-widget-for-customgpt' ); ?></b></div>
				<div class="customgpt-widget-preview-body">
					<p data-text="welcome"><?php esc_html_e( 'How can I help you?', 'chat-widget-for-customgpt' ); ?></p>
					<div data-lines="starters"></div>
				</div>
				<div class="customgpt-widget-preview-input"><span data-text="placeholder"><?php esc_html_e( 'Ask a question', 'chat-widget-for-customgpt' ); ?></span><span class="customgpt-widget-preview-send"></span></div>
			</div>
			<div class="customgpt-widget-preview-launcher"></div>
		</div>
		<p class="description"><?php esc_html_e( 'A drawing. What is left empty comes from your agent’s own settings.', 'chat-widget-for-customgpt' ); ?></p>
	</aside>
	<?php
}
