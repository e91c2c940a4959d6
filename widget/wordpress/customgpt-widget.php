<?php
/**
 * Plugin Name:       Chat Widget for CustomGPT
 * Description:       Puts your CustomGPT.ai agent on your site as a chat: fast, accessible, and without your key in any page.
 * Version:           {{version}}
 * Requires at least: 6.4
 * Requires PHP:      7.4
 * Author:            The customgpt-widget authors
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       chat-widget-for-customgpt
 * Domain Path:       /languages
 */

namespace CustomGptWidget;

defined( 'ABSPATH' ) || exit;

const VERSION = '{{version}}';
const OPTION  = 'customgpt_widget';
const FILE    = __FILE__;

foreach ( glob( __DIR__ . '/includes/*.php' ) as $customgpt_widget_file ) {
	require_once $customgpt_widget_file;
}
unset( $customgpt_widget_file );
require_once __DIR__ . '/relay/relay.php';

Settings_Page\start();
Page\start();
Blocks\start();
Post_Switch\start();
Optimisers\start();
Privacy\start();
Health\start();
Relay\start();
