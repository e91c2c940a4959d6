/** Allow-list of the settings that become an agent's public profile; no other setting leaves the proxy. */
import type { AgentProfile } from "../../protocol/bodies.ts";
import { fields, flag, list } from "../parse.ts";
import { written } from "../decode-text.ts";
import { pictureAddress } from "../safe-url.ts";

export type ProjectProfile = Omit<AgentProfile, "agent" | "longestPrompt" | "contact">;

const maxStarters = 8;
const maxStarterLength = 200;
const maxTitleLength = 120;
const maxTextLength = 500;
/** The service's own limit: answers are compared with this text. */
const maxAnswerLength = 1_000;

/** `settings` and `project` are the `data` of their calls; every key may be missing, null or of another type. */
export function profileFrom(settings: unknown, project: unknown): ProjectProfile {
  const set = fields(settings) ?? {};
  const text = (name: string) => written(set[name], maxTextLength);
  const ownLauncher =
    flag(set["spotlight_avatar_enabled"], false) && set["spotlight_avatar_type"] === "image";
  return {
    // "" where neither has a name: the widget then shows its own text, in the visitor's language.
    title:
      written(set["chatbot_title"], maxTitleLength) ??
      written(fields(project)?.["project_name"], maxTitleLength) ??
      "",
    avatar: pictureAddress(set["chatbot_avatar"]),
    launcherPicture: ownLauncher ? pictureAddress(set["spotlight_avatar"]) : null,
    color: color(set["chatbot_color"]),
    placeholder: text("default_prompt"),
    starters: starters(set["example_questions"]),
    language: language(set["chatbot_msg_lang"]),
    feedback: flag(set["enable_feedbacks"], true),
    // 0 of 0..3 is none; what the other three mean is not documented (contract section 2).
    citations: flag(set["enable_citations"], true),
    texts: {
      thinking: text("hang_in_there_msg"),
      outage: text("chatbot_siesta_msg"),
      outOfQueries: text("account_out_of_queries_msg"),
      noAnswer: written(set["no_answer_message"], maxAnswerLength),
      tryAsking: text("try_asking_questions_msg"),
      sources: text("citations_sources_label_msg"),
      terms: text("input_field_addendum"),
      disclosure: text("ai_disclaimer"),
    },
  };
}

/** Whether the settings alone have the agent's name. */
export function hasTitle(settings: unknown): boolean {
  return written(fields(settings)?.["chatbot_title"], maxTitleLength) !== null;
}

function starters(value: unknown): string[] {
  const questions = list(value).flatMap((question) => written(question, maxStarterLength) ?? []);
  return [...new Set(questions)].slice(0, maxStarters);
}

/** `#rgb`, `#rgba`, `#rrggbb` or `#rrggbbaa` as `#rrggbb`; null for other values. */
export function color(value: unknown): string | null {
  const digits = typeof value === "string" ? /^#([0-9a-f]{3,8})$/i.exec(value.trim())?.[1] : undefined;
  if (!digits || ![3, 4, 6, 8].includes(digits.length)) return null;
  const full = digits.length < 6 ? digits.replace(/./g, "$&$&") : digits;
  return `#${full.slice(0, 6).toLowerCase()}`;
}

/**
 * Upstream's interface language as a canonical BCP 47 tag, or null. The canonical form also turns its language codes
 * of Chinese into what browsers know (`cmn` is `zh`).
 */
export function language(value: unknown): string | null {
  const tag = typeof value === "string" ? value.trim().replaceAll("_", "-") : "";
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag)) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}
