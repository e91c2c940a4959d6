/** Which words of a text matter for finding it, in their plainest form. */

const unimportant = new Set(
  `a about actually all also am an and any anyone anything are as at be been being but by can cannot could did do does
  doing done each else for from get give go going got had has have having he hello help her here hey hi him his how i if
  in into is it its just kind know let like look made make many may maybe me mean might more most much must my need no
  not of ok on one only or other our out over please possible really right say see shall she should show so some
  someone something sort tell than thank thanks that the their them then there these they thing things this those to
  too understand up us use used uses using very want was way we well were what whats when where whether which while who whom
  whose why will wish with without wonder work works working would yes yet you your yours explain describe exactly s t re ve ll d m`.split(
    /\s+/,
  ),
);

/** Words people use for one another where pages and questions are about websites, each with the one that stands for it. */
const sameAs: Readonly<Record<string, string>> = {
  colour: "color",
  embed: "add",
  insert: "add",
  put: "add",
  site: "website",
  bot: "chat",
  chatbot: "chat",
  widget: "chat",
  safe: "secure",
  safety: "security",
  pricing: "price",
  delete: "remove",
};

/** The plain form of a word, or null for one that says nothing. The same form for `embed`, `embeds`, `embedding`. */
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

const sameForms = new Map(Object.entries(sameAs).map(([word, same]) => [stem(word), stem(same)]));

/** The important words of a text in their plain form, in order, with repetitions. */
export function plainWords(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).flatMap((word) => plainForm(word) ?? []);
}
