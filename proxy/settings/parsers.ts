/** Parsers of setting values, each with a description of what it takes. */
import { defaultAgent } from "../protocol/paths.ts";

/** The value, or the error as the rest of a sentence that starts with the variable's name. */
type Reading<Value> = { value: Value } | { wrong: string };

export type Kind<Value> = {
  /** What it takes, as text after "it takes". */
  readonly takes: string;
  read(text: string): Reading<Value>;
};

/** The given value for a message: short, on one line, without a key or password that it may contain. */
export function quoted(text: string): string {
  const line = text
    .replace(/\s+/g, " ")
    .replace(/\d+\|[A-Za-z0-9]{20,}/g, "[a key]")
    .replace(/:\/\/[^/@]*@/g, "://[credentials]@");
  return `"${line.length > 60 ? `${line.slice(0, 60)}…` : line}"`;
}

export function text(takes: string, pattern: RegExp): Kind<string> {
  return {
    takes,
    read: (given) => (pattern.test(given) ? { value: given } : { wrong: `is ${quoted(given)}` }),
  };
}

/** A text that is never printed. */
export function secret(takes: string, accepts: (given: string) => boolean): Kind<string> {
  return {
    takes,
    read: (given) =>
      accepts(given)
        ? { value: given }
        : { wrong: `has ${given.length} characters (not shown) that do not fit` },
  };
}

export function oneOf<const Words extends readonly string[]>(words: Words): Kind<Words[number]> {
  return {
    takes: `one of ${words.join(", ")}`,
    read(given) {
      const value = words.find((word) => word === given.toLowerCase());
      return value === undefined ? { wrong: `is ${quoted(given)}` } : { value };
    },
  };
}

export function wholeNumber(least: number, max: number): Kind<number> {
  return numberKind(`a whole number from ${least} to ${max}`, /^\d{1,15}$/, least, max);
}

/** Seconds; fractions are welcome. */
export function seconds(least: number, max: number): Kind<number> {
  return numberKind(`seconds, from ${least} to ${max}`, /^\d{1,9}(\.\d{1,3})?$/, least, max);
}

function numberKind(takes: string, pattern: RegExp, least: number, max: number): Kind<number> {
  return {
    takes,
    read(given) {
      const value = Number(given);
      return pattern.test(given) && value >= least && value <= max
        ? { value }
        : { wrong: `is ${quoted(given)}` };
    },
  };
}

/** A Redis address; it may hold a password, so it is never printed. */
export const redisAddress = secret(
  'an address such as "redis://user:password@host:6379/0", or "rediss://" for TLS',
  (given) => /^rediss?:\/\/[^/]/.test(given) && URL.canParse(given),
);

/** Whether a host, as in an address or as one to listen on, can only be reached from this machine. */
export const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/.test(host);

/** An https address, or an http one on this machine: the key travels to it. */
export const serviceAddress: Kind<URL> = {
  takes: "an https address (http only on this machine), without credentials, query or fragment",
  read(given) {
    const url = URL.canParse(given) ? new URL(given) : null;
    const safe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
    if (!url || !safe || url.search || url.hash) return { wrong: `is ${quoted(given)}` };
    if (url.username || url.password) return { wrong: "holds credentials (not shown)" };
    url.pathname = url.pathname.replace(/\/+$/, "");
    return { value: url };
  },
};

/** `alias=projectId` pairs with commas between them. */
export const agentList: Kind<ReadonlyMap<string, number>> = {
  takes: 'pairs such as "shop=123,help=456" (aliases of a-z, 0-9 and -, at most 40 characters, each once)',
  read(given) {
    const agents = new Map<string, number>();
    for (const pair of listItems(given)) {
      const found = /^([a-z0-9-]{1,40})=([1-9]\d{0,14})$/.exec(pair);
      const [, alias, project] = found ?? [];
      if (alias === undefined || project === undefined) return { wrong: `has ${quoted(pair)}` };
      if (alias === defaultAgent)
        return { wrong: `has "${defaultAgent}", which CUSTOMGPT_PROJECT_ID names already` };
      if (agents.has(alias)) return { wrong: `has the alias "${alias}" twice` };
      agents.set(alias, Number(project));
    }
    return { value: agents };
  },
};

/** A word for single agents by their alias, and one for all others; null where there is none. */
export type ByAgent<Word> = { readonly others: Word | null; readonly byAlias: ReadonlyMap<string, Word> };

/** The word for an agent; null leaves the matter to its own settings. */
export const forAgent = <Word>({ others, byAlias }: ByAgent<Word>, alias: string): Word | null =>
  byAlias.get(alias) ?? others;

/** One of the words for all agents, or `alias=word` pairs, or both with commas between them. */
export function oneByAgent<const Words extends readonly string[]>(
  words: Words,
): Kind<ByAgent<Words[number]>> {
  return {
    takes: `one of ${words.join(", ")}, or pairs such as "default=${words[0] ?? ""},shop=${words[1] ?? ""}"`,
    read(given) {
      let others: Words[number] | null = null;
      const byAlias = new Map<string, Words[number]>();
      for (const item of listItems(given)) {
        const [, alias, named] = /^(?:([a-z0-9-]{1,40})=)?(\S+)$/.exec(item) ?? [];
        const word = words.find((each) => each === named);
        const isTwice = alias === undefined ? others !== null : byAlias.has(alias);
        if (word === undefined || isTwice)
          return { wrong: `has ${quoted(item)}${word ? " a second time" : ""}` };
        if (alias === undefined) others = word;
        else byAlias.set(alias, word);
      }
      return { value: { others, byAlias } };
    },
  };
}

/** Origins a site may have, written exactly or as `https://*.example.com`. */
export const originList: Kind<readonly string[]> = {
  takes: 'origins such as "https://example.com" or "https://*.example.com", with commas between them',
  read(given) {
    const origins: string[] = [];
    for (const item of listItems(given)) {
      if (item === "*") return { wrong: 'has "*", which would let every site spend your queries' };
      const wildcard = item.startsWith("https://*.");
      const plain = wildcard ? item.replace("*.", "") : item;
      const url = /^https?:\/\/[^*]+$/i.test(plain) && URL.canParse(plain) ? new URL(plain) : null;
      if (!url || (wildcard && !url.hostname.includes("."))) return { wrong: `has ${quoted(item)}` };
      if (url.origin.length < plain.length && /[/?#@]/.test(plain.slice("https://".length)))
        return { wrong: `has ${quoted(item)}, which is more than an origin (try ${quoted(url.origin)})` };
      origins.push(wildcard ? url.origin.replace("://", "://*.") : url.origin);
    }
    return { value: origins };
  },
};

export function listItems(given: string): string[] {
  return given
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
