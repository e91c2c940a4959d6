/** What set-up's steps are given: the owner's wishes, the terminal, and the ways to the outside. */
import type { Account } from "../account/account.ts";
import type { Environment } from "../env-file/read-environment.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** The command's flags; null where one is not given. */
export type Wishes = {
  keyFile: string | null;
  agent: number | null;
  /** Address of a sitemap or of a site. */
  createFrom: string | null;
  name: string | null;
  wait: boolean;
  sites: readonly string[];
  budget: number | null;
  /** Where the proxy will be reached, for the tag. */
  address: string | null;
  /** A question to ask at the end. */
  ask: string | null;
  /** Takes the usual answer of each question that has one. */
  yes: boolean;
  json: boolean;
};

export type SetupDeps = {
  wishes: Wishes;
  terminal: Terminal;
  /** With the values of `.env`. */
  environment: Environment;
  /** The API's root, to be saved where it is not the usual one. */
  base: URL;
  /** Path of `.env`. */
  file: string;
  /** Aborts on Ctrl-C. */
  signal: AbortSignal;
  openAccount: (key: string) => Account;
  /** A text file; throws where it cannot be read. */
  readFile: (path: string) => string;
  /** A path that holds wherever the proxy is started. */
  absolute: (path: string) => string;
  /** A page of the web as text, or null where there is none. */
  fetchText: (address: URL, signal: AbortSignal) => Promise<string | null>;
  /** Puts values into `.env` at once; returns the names that the owner has set otherwise. */
  save: (values: Readonly<Record<string, string>>) => readonly string[];
  newSecret: () => string;
  clock: () => number;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
};
