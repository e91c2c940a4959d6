/** The owner's contact method: as the tag says, else through the proxy where it takes messages. */
import { lazyTable } from "../../options/lazy-options.ts";
import type { Chat } from "../chat-context.ts";

export type ContactMethod =
  | { readonly kind: "mail"; readonly address: string }
  | { readonly kind: "phone"; readonly href: string; readonly number: string }
  | { readonly kind: "link"; readonly href: string; readonly site: string }
  /** A form, whose message goes through the proxy. */
  | { readonly kind: "form" };

/** Null where there is none. What reads it while drawing is drawn again when it changes. */
export function contactWay(chat: Chat): ContactMethod | null {
  const given = chat.option("contact", lazyTable.contact);
  if (given === null) return chat.profile.value.contact ? { kind: "form" } : null;
  const [, scheme = "", rest = ""] = /^(mailto|tel|https?):(.*)$/i.exec(given) ?? [];
  switch (scheme.toLowerCase()) {
    case "mailto":
      return { kind: "mail", address: rest };
    case "tel":
      return { kind: "phone", href: given, number: rest };
    case "http":
    case "https":
      return { kind: "link", href: given, site: new URL(given).hostname.replace(/^www\./, "") };
    default:
      return null;
  }
}
