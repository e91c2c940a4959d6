/** Reads the words after `npm start --`: which site to try the chat on, and how many of its pages to read. */

export const startHelp = `npm start [-- --site https://www.example.com [--pages 100]]

Builds the project and serves the guide, with the chat on it, at http://127.0.0.1:8787.

  --site <address>   Tries the chat on a site instead: reads its sitemap and its pages, as its robots.txt allows,
                     and answers from them on a plain page. No account is needed, and no question leaves this machine.
  --pages <number>   Pages of that site to read at most, from 1 to 1000; usually 100.
  --help             Shows this text.`;

const usualPages = 100;
const maxPages = 1000;

/** The flags, and whether a value follows. `--in-the-making` is what `npm run dev` starts the server with. */
const flags = { "--site": true, "--pages": true, "--help": false, "--in-the-making": false };

/**
 * @typedef {{ site: URL | null, pages: number, isHelpWanted: boolean, isInTheMaking: boolean }} StartWords
 * @param {readonly string[]} words
 * @returns {StartWords | { error: string }} The error is a sentence that says what to type.
 */
export function readStartWords(words) {
  /** @type {Map<string, string>} */
  const given = new Map();
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [name = "", ...value] = word.split("=");
    const takesValue = flagOf(name);
    if (takesValue === undefined) return { error: unknownWord(word) };
    if (given.has(name)) return { error: `${name} is given twice; once is enough.` };
    if (!takesValue && value.length > 0) return { error: `${name} takes no value.` };
    const text = !takesValue ? "" : value.length > 0 ? value.join("=") : (rest.shift() ?? "");
    given.set(name, text);
  }
  const written = given.get("--site");
  const site = written === undefined ? null : readSite(written);
  if (site === undefined && /:\/\/[^/]*@/.test(written ?? ""))
    return { error: "--site takes an address without a name and password in it." };
  if (site === undefined)
    return {
      error: `--site takes the address of a site, such as https://www.example.com, and not "${written}".`,
    };
  const pages = given.get("--pages") ?? String(usualPages);
  if (!/^\d{1,4}$/.test(pages) || Number(pages) < 1 || Number(pages) > maxPages)
    return { error: `--pages takes a whole number from 1 to ${maxPages}, and not "${pages}".` };
  if (given.has("--pages") && site === null)
    return {
      error:
        "--pages says how many pages of a site to read: name the site too, with --site https://www.example.com",
    };
  return {
    site,
    pages: Number(pages),
    isHelpWanted: given.has("--help"),
    isInTheMaking: given.has("--in-the-making"),
  };
}

/**
 * Whether a value follows; undefined for what is no flag.
 * @param {string} name
 */
const flagOf = (name) => Object.entries(flags).find(([flag]) => flag === name)?.[1];

/** @param {string} word */
function unknownWord(word) {
  const looksLikeSite = /^(https?:\/\/|www\.|[\w-]+(\.[\w-]+)*\.[a-z]{2,}$)/i.test(word);
  if (looksLikeSite) return `To try the chat on that site, type: npm start -- --site ${word}`;
  const meant = Object.keys(flags).find(
    (flag) => lettersOf(flag) === lettersOf(word) || flag.startsWith(word.slice(0, 4)),
  );
  const hint = meant && word.startsWith("-") && meant !== "--in-the-making" ? ` Is ${meant} meant?` : "";
  return `npm start knows no "${word}".${hint} \`npm start -- --help\` lists what it knows.`;
}

/**
 * The same for a word and for one with its letters in another order.
 * @param {string} word
 */
const lettersOf = (word) => word.toLowerCase().replace(/=.*|-/g, "").split("").sort().join("");

/**
 * As people type it: `www.example.com` is meant as https, a name or an address of this machine as http.
 * @param {string} written
 * @returns {URL | undefined}
 */
function readSite(written) {
  const isHere = /^(localhost|127\.|\[::1\]|10\.|192\.168\.|[\w.-]+\.localhost)/i.test(written);
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(written)
    ? written
    : `${isHere ? "http" : "https"}://${written}`;
  if (!URL.canParse(whole)) return undefined;
  const site = new URL(whole);
  site.hash = "";
  const isUsable =
    /^https?:$/.test(site.protocol) && site.hostname !== "" && !site.username && !site.password;
  return isUsable ? site : undefined;
}
