/** The configuration of WordPress in tests, and the owner who signs in there. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";

export const owner = { name: "owner", password: "open sesame, twice" };

/**
 * The text of `wp-config.php`: everything that goes wrong is written down, and nothing leaves this machine. `own` are
 * further constants.
 */
export function configuration(
  folder: string,
  address: string,
  own: Readonly<Record<string, string>>,
): string {
  const values: Record<string, string | boolean> = {
    DB_NAME: "wp",
    DB_USER: "wp",
    DB_PASSWORD: "wp",
    DB_HOST: "localhost",
    DB_CHARSET: "utf8mb4",
    DB_COLLATE: "",
    DB_DIR: join(folder, "db"),
    DB_FILE: "wp.sqlite",
    WP_HOME: address,
    WP_SITEURL: address,
    WP_ENVIRONMENT_TYPE: "local",
    WP_DEBUG: true,
    WP_DEBUG_LOG: join(folder, "debug.log"),
    WP_DEBUG_DISPLAY: false,
    WP_HTTP_BLOCK_EXTERNAL: true,
    WP_ACCESSIBLE_HOSTS: "127.0.0.1,localhost",
    DISABLE_WP_CRON: true,
    AUTOMATIC_UPDATER_DISABLED: true,
    ...own,
  };
  for (const name of ["AUTH", "SECURE_AUTH", "LOGGED_IN", "NONCE"])
    for (const kind of ["KEY", "SALT"]) values[`${name}_${kind}`] = randomBytes(24).toString("hex");
  const defines = Object.entries(values).map(
    ([name, value]) =>
      `define( '${name}', ${typeof value === "string" ? `'${value.replaceAll(/[\\']/g, "\\$&")}'` : String(value)} );`,
  );
  return `<?php
${defines.join("\n")}
@include __DIR__ . '/network.php';
$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
`;
}
