/** Set-up's dependencies with a clock of their own, a terminal that is read afterwards, and an account that a test scripts. */
import type { Account } from "../../account/account.ts";
import type { SetupDeps, Wishes } from "../setup-deps.ts";
import { createPlainTerminal } from "../terminal/plain-terminal.ts";

export type FakeDeps = SetupDeps & {
  /** All that was shown. */
  shown: () => string;
};

const noWishes: Wishes = {
  keyFile: null,
  agent: null,
  createFrom: null,
  name: null,
  wait: true,
  sites: [],
  budget: null,
  address: null,
  ask: null,
  yes: false,
  json: false,
};

/** `pages` are what the web has, by address. Sleeping moves the clock and takes no time. */
export function fakeDeps(wishes: Partial<Wishes>, pages: Readonly<Record<string, string>> = {}): FakeDeps {
  let now = 0;
  let shown = "";
  return {
    wishes: { ...noWishes, ...wishes },
    terminal: createPlainTerminal(
      (text) => void (shown += text),
      () => now,
    ),
    environment: {},
    base: new URL("https://service.example/api/v1"),
    file: "/somewhere/.env",
    signal: new AbortController().signal,
    openAccount: () => {
      throw new Error("No account is opened here.");
    },
    readFile: () => "",
    absolute: (path) => path,
    fetchText: (address) => Promise.resolve(pages[address.href] ?? null),
    save: () => [],
    newSecret: () => "secret",
    clock: () => now,
    sleep: (ms) => {
      now += ms;
      return Promise.resolve();
    },
    shown: () => shown,
  };
}

/** An account that fails in whatever a test does not script. */
export function fakeAccount(scripted: Partial<Account>): Account {
  const unscripted = () => Promise.reject(new Error("This call was not expected."));
  return {
    agents: unscripted,
    usage: unscripted,
    create: unscripted,
    progress: unscripted,
    close: () => Promise.resolve(),
    ...scripted,
  };
}
