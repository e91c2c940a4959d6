/** The version of WordPress that a run of the tests is for, and the databases that the relay is tested on there. */
import type { Version } from "./lay-out.ts";

const named = process.env["WORDPRESS_VERSION"];

export const testedVersion: Version = named === "6.4" || named === "newest" ? named : "6.8";

/** Statements that must be exact under race are the same in all versions of WordPress. */
export const testedDatabases =
  testedVersion === "6.8" ? (["sqlite", "mariadb"] as const) : (["mariadb"] as const);
