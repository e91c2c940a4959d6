<?php
/** Removes all that the relay stored on one site; the plugin's own uninstall.php calls it for each. */

namespace CustomGptWidget\Relay;

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;
defined( 'ABSPATH' ) || exit;

require_once __DIR__ . '/relay.php';

drop_tables();
