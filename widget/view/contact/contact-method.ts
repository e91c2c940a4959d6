/** The owner's contact method: the option's, else a form if the proxy takes messages. */
import { contactOptions } from "../../options/contact-options.ts";
import type { Chat } from "../chat-context.ts";

export type ContactMethod =
  | { readonly kind: "mail"; readonly address: string }
  | { readonly kind: "phone"; readonly href: string; readonly number: string }
  | { readonly kind: "link"; readonly href: string; readonly site: string }
  /** Form whose message the proxy passes on. */
  | { readonly kind: "form" };

/** Null if there is none. A component that reads it renders again when it changes. */
export function contactMethod(chat: Chat): ContactMethod | null {
  const given = chat.option(contactOptions, "contact");
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
