/** Comparison of a link's address with the host that its text names. */

/** `said`: the text names the link's host. `unsaid`: it names none. `other`: it names another one. */
export type Naming = { readonly host: string; readonly naming: "said" | "unsaid" | "other" };

// Bounded, or a link of one endless word would take quadratic time.
const name = /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}[\p{L}-]{2,63}/u;
const mailName = /(?<![:/])\b[\w.+-]{1,64}@/g;
/** Invisible characters, such as a zero-width space within a name. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;

/** Characters that look like a dot besides those that NFKC maps: stops and zeros of other scripts, unless a letter of these follows. */
const lookalike =
  /(?<=[\p{L}\p{N}])[\ua4f8\ua60e\u0701\u0702\u06d4\u{10a50}\u{1d16d}\u0660\u06f0](?![\p{sc=Arab}\p{sc=Syrc}\p{sc=Lisu}\p{sc=Vaii}])(?=[\p{L}\p{N}])/gu;
/**
 * The ideographic full stop, which browsers read as a dot (UTS 46). It also ends sentences of Chinese and Japanese: it
 * counts where one side is of other letters, or a name of the highest level follows.
 */
const ideographic =
  /(?<=[\p{L}\p{N}])\u3002(?=[\p{L}\p{N}])(?:(?<=[^\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]\u3002)|(?=[^\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|(?:中国|中國|香港|台湾|台灣|公司|网络|網路|みんな|コム)(?![\p{L}\p{N}])))/gu;

/** Names with these endings are usually files and not hosts, unless `www.` or `https://` precedes them. */
const file =
  /^(?!www\.).+\.(?:[cm]?[jt]sx?|html?|css|json|xml|ya?ml|toml|md|txt|csv|pdf|py|rb|rs|sh|go|php|aspx?|docx?|xlsx?|pptx?)$/i;

function hostOf(address: string): string {
  try {
    return new URL(address).hostname.replace(/^www\./, "");
  } catch {
    return "";
  }
}

/** For mail, the host is the part behind the `@`. `href` is one that `safeLink` returned. */
export function namingOf(href: string, text: string): Naming {
  const isMail = /^mailto:/i.test(href);
  const host = isMail ? hostOf(`http://${/@([^?,]+)/.exec(href)?.[1] ?? ""}`) : hostOf(href);
  const plain = text
    .normalize("NFKC")
    .replace(invisible, "")
    .replace(lookalike, ".")
    .replace(ideographic, ".");
  // Of `https://bank.example@evil.example` a reader sees the first name only, so it is the first that counts.
  const named = name.exec(plain.includes("://") ? plain : plain.replace(mailName, ""));
  const isFile = named && file.test(named[0]) && !plain.slice(0, named.index).endsWith("://");
  const other = named && !isFile ? hostOf(`http://${named[0]}`) : "";
  if (!host || !other) return { host, naming: "unsaid" };
  const isSame = host === other || host.endsWith(`.${other}`) || other.endsWith(`.${host}`);
  return { host, naming: isSame ? "said" : "other" };
}
