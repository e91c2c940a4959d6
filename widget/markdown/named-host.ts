/** Compares where a link leads with where its text says it leads. */

/** `said`: the text names the place itself. `unsaid`: it names none. `other`: it names another one. */
export type Naming = { readonly host: string; readonly naming: "said" | "unsaid" | "other" };

// Bounded, or a link of one endless word would be read again from each of its letters.
const name = /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}[\p{L}-]{2,63}/u;
const mailName = /(?<![:/])\b[\w.+-]{1,64}@/g;
/** What nobody sees, such as a space without width in the midst of a name. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;

/** What ends so is a file far more often than a place, unless `www.` or `https://` stands before it. */
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
  const plain = text.normalize("NFKC").replace(invisible, "");
  // Of `https://bank.example@evil.example` a reader sees the first name only, so it is the first that counts.
  const named = name.exec(plain.includes("://") ? plain : plain.replace(mailName, ""));
  const isFile = named && file.test(named[0]) && !plain.slice(0, named.index).endsWith("://");
  const other = named && !isFile ? hostOf(`http://${named[0]}`) : "";
  if (!host || !other) return { host, naming: "unsaid" };
  const isSame = host === other || host.endsWith(`.${other}`) || other.endsWith(`.${host}`);
  return { host, naming: isSame ? "said" : "other" };
}
