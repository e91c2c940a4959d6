/** Tokenizer and stemmer of the search. */

const unimportant = new Set(
  `a about actually all also am an and any anyone anything are as at be been being but by can cannot could did do does
  doing done each else for from get give go going got had has have having he hello help her here hey hi him his how i if
  in into is it its just kind know let like look make many may maybe me mean might more most much must my need no
  not now of ok on one only or other our out over please per possible product really right say see self shall she should show so some
  someone something sort speak support supported tell than thank thanks that the their them then there these they thing things this those to tool
  too understand up us use used uses using very want was way we well were what whats when where whether which while who whom
  whose why will wish with without wonder work works working would yes yet you your yours explain describe exactly s t re ve ll d m
  auf aus bei das dem den der des die du ein eine einem einen einer es euch fur funktioniert geht gibt hat ich ihr im ist
  kann konnen lauft mein meine meinem meinen meiner muss sich sie sind uns viel von wann warum wer wie wo zu zum zur`.split(
    /\s+/,
  ),
);

/** Synonyms on pages about websites, each with the word that is indexed. */
const sameAs: Readonly<Record<string, string>> = {
  colour: "color",
  embed: "add",
  insert: "add",
  put: "add",
  site: "website",
  bot: "chat",
  chatbot: "chat",
  widget: "chat",
  install: "add",
  integrate: "add",
  fuge: "add",
  einbauen: "add",
  einbinden: "add",
  uninstall: "remove",
  attribute: "option",
  safe: "secure",
  safety: "security",
  price: "cost",
  pricing: "cost",
  pay: "cost",
  fee: "cost",
  expensive: "cost",
  charge: "cost",
  kosten: "cost",
  kostet: "cost",
  preis: "cost",
  kostenlos: "free",
  license: "licence",
  licensed: "licence",
  delete: "remove",
  erase: "remove",
  mobile: "phone",
  smartphone: "phone",
  iphone: "phone",
  android: "phone",
  fast: "slow",
  speed: "slow",
  performance: "slow",
  docker: "container",
  kubernetes: "container",
  podman: "container",
  deploy: "server",
  deployment: "server",
  host: "server",
  production: "server",
  webseite: "website",
  schlussel: "key",
};

/** Stem of a word, or null for a stop word. The same stem for `embed`, `embeds`, `embedding`. */
export function plainForm(word: string): string | null {
  const lower = word.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  if (lower === "" || unimportant.has(lower)) return null;
  const form = stem(lower);
  return sameForms.get(form) ?? form;
}

/** Ends like a past form and is none. */
const whole = new Set(["embed"]);

function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  let short = word;
  if (short.endsWith("ies") && short.length > 4) short = `${short.slice(0, -3)}y`;
  else if (/[^su]s$/.test(short) && !short.endsWith("is")) short = short.slice(0, -1);
  if (whole.has(short)) return short;
  short = short.replace(/([ai]b)ility$/, "$1le");
  const cut = /^(.*[aeiouy].*)(ing|ed)$/.exec(short)?.[1];
  if (cut !== undefined && cut.length > 2) short = cut.replace(/([bcdfghjkmnpqrtv])\1$/, "$1");
  return short.length > 4 ? short.replace(/e$/, "") : short;
}

/** Words that are understood even if no page has them. */
export const understood: readonly string[] = Object.keys(sameAs);

const sameForms = new Map(Object.entries(sameAs).map(([word, same]) => [stem(word), stem(same)]));

/** Question for a price that does not use the word. */
const askingPrice = /\bhow much (?=(?:is|are|for|do|does|will|would)\b)/gi;

/** All words of a text, in lower case. */
export function rawWords(text: string): string[] {
  return (
    text
      .replace(askingPrice, "cost ")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Stems of a text without stop words, in order, with repetitions. */
export function plainWords(text: string): string[] {
  return rawWords(text).flatMap((word) => plainForm(word) ?? []);
}
