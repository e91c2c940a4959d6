/** The version of WordPress that a run of the tests is for. */
import type { Version } from "./wordpress-site.ts";

const named = process.env["WORDPRESS_VERSION"];

export const testedVersion: Version = named === "6.4" || named === "newest" ? named : "6.8";
