/** Reader of a visitor's message to the owner: bounded, cleaned, known fields only. */
import * as v from "valibot";
import { reactions, type Feedback } from "../protocol/bodies.ts";
import { badReasons, maxMessageLength, type ContactMessage } from "../protocol/contact.ts";
import { cleaned, isLonger, parsed, readJson, type BodyLimits } from "./read-body.ts";
import { Refused } from "./errors.ts";

const written = v.pipe(
  v.string(),
  v.transform(cleaned),
  v.check((text) => text.trim() !== ""),
);

/** Characters that no address may contain would only inject headers into the mail that a webhook makes of it. */
const address = v.pipe(
  v.string(),
  v.maxLength(254),
  v.regex(/^[^\s\p{Cc}@<>"(),:;\\]+@[^\s\p{Cc}@<>"(),:;\\]+$/u),
);

const contactSchema = v.object({
  message: written,
  email: v.optional(address),
  attach: v.boolean(),
});

const feedbackSchema = v.object({
  reaction: v.picklist(reactions),
  reason: v.optional(v.picklist(badReasons)),
  words: v.optional(written),
});

type Limits = Pick<BodyLimits, "largestBody">;

/** Throws `Refused`: `bad-request`, or `too-long` for a body or a message over its limit. */
export async function readContact(request: Request, limits: Limits): Promise<ContactMessage> {
  const { message, email, attach } = parsed(contactSchema, await readJson(request, limits.largestBody));
  if (isLonger(message, maxMessageLength)) throw new Refused("too-long");
  return { message, attach, ...(email === undefined ? {} : { email }) };
}

/** Throws `Refused` as `readContact` does. */
export async function readFeedback(request: Request, limits: Limits): Promise<Feedback> {
  const { reaction, reason, words } = parsed(feedbackSchema, await readJson(request, limits.largestBody));
  if (words !== undefined && isLonger(words, maxMessageLength)) throw new Refused("too-long");
  return {
    reaction,
    ...(reason === undefined ? {} : { reason }),
    ...(words === undefined ? {} : { words }),
  };
}
