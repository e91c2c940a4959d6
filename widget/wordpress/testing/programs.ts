/** The environment in which servers are found: Debian installs them outside a user's PATH. */
export const environment = { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin` };
