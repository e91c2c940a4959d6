/** Settings of contact with the owner: the webhook, and how many messages it takes. */
import { isLoopback, secret } from "./parsers.ts";
import { rates, type Rate } from "./rates.ts";
import { secretSetting, setting } from "./setting.ts";

/** It may hold a token in its path or query, so it is never printed. */
const webhook = secret("an https address (http only on this machine), without credentials", (given) => {
  const url = URL.canParse(given) ? new URL(given) : null;
  const safe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  return safe && url?.username === "" && url.password === "";
});

const usual: readonly Rate[] = [
  { max: 6, seconds: 3600 },
  { max: 20, seconds: 86_400 },
];

export const contactTable = {
  contactWebhook: secretSetting(
    "CONTACT_WEBHOOK",
    webhook,
    "Visitors can write to you from the chat, and say why an answer was bad; each is posted to this address as JSON.",
  ),
  contactLimit: setting(
    "CONTACT_LIMIT",
    rates,
    usual,
    "How many such messages, and as many reasons, one instance takes of one visitor; of one network address five times as many.",
  ),
} as const;
