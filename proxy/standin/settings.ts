/** Settings of an agent under upstream's names of 2026: defaults and changes. */
import { isYes, type Fields } from "./wire/request-body.ts";

export type Setting = string | number | boolean | null | readonly string[];
type SettingName = keyof typeof defaultSettings;
export type Settings = Readonly<Record<SettingName, Setting>>;

export const defaultSettings = {
  chatbot_avatar: "",
  chatbot_background_type: "color",
  chatbot_background: "",
  chatbot_background_color: "#F5F5F5",
  default_prompt: "Ask Me Anything ...",
  example_questions: null,
  response_source: "default",
  chatbot_msg_lang: "en",
  chatbot_color: "#000000",
  chatbot_toolbar_color: "#000000",
  persona_instructions: null,
  citations_answer_source_label_msg: "Where did this answer come from?",
  citations_sources_label_msg: "Sources",
  hang_in_there_msg: "Hang in there! I'm thinking..",
  chatbot_siesta_msg: "Oops! The agent is taking a siesta. Please come back a little later.",
  no_answer_message: null,
  ending_message: null,
  try_asking_questions_msg: "Try asking these questions...",
  view_more_msg: "View more",
  view_less_msg: "View less",
  chatbot_failed_moderation_msg: null,
  account_out_of_queries_msg: null,
  is_loading_indicator_enabled: true,
  enable_citations: 3,
  citations_view_type: "user",
  image_citation_display: "default",
  limit_image_citation_height: false,
  use_opengraph_image_citation: true,
  enable_inline_citations_api: false,
  hide_sources_from_responses: true,
  enable_feedbacks: true,
  enable_copy_button: true,
  remove_branding: false,
  private_deployment: 0,
  enable_recaptcha_for_public_chatbots: false,
  allowed_domains_for_embedding: null,
  chatbot_model: "gpt-4-o",
  agent_capability: "optimal-choice",
  is_selling_enabled: false,
  license_slug: false,
  selling_url: "",
  can_share_conversation: false,
  can_export_conversation: false,
  input_field_addendum: "",
  ai_disclaimer: null,
  user_avatar_enabled: false,
  user_avatar: "",
  user_avatar_orientation: "agent-left-user-right",
  spotlight_avatar_enabled: false,
  spotlight_avatar: "",
  spotlight_avatar_shape: "circle",
  spotlight_avatar_type: "default",
  title_avatar_enabled: true,
  agent_title_avatar_alignment: "left",
  is_in_chat_agent_avatar_enabled: true,
  is_in_chat_user_avatar_enabled: false,
  chatbot_title: "",
  chatbot_title_color: "#000000",
  radius_styling: "soft",
  font_family: "inter",
  chatbot_color_scheme: "fresh",
  conversation_time_window: 0,
  conversation_retention_period: "year",
  conversation_retention_days: 0,
  conversation_history: "hidden",
  use_context_aware_starter_question: false,
  enable_agent_knowledge_base_awareness: true,
  markdown_enabled: true,
  is_hybrid_search: false,
  user_awareness: false,
  context_depth: "default",
  use_planner_mode: false,
  max_actions_per_query: 5,
} as const satisfies Record<string, Setting>;

/** The names an update uses for four of them, and one more since 2026. */
const renamed: Readonly<Record<string, string>> = {
  chat_bot_avatar: "chatbot_avatar",
  chat_bot_bg: "chatbot_background",
  chat_bot_bg_type: "chatbot_background_type",
  chat_bot_bg_color: "chatbot_background_color",
  chat_bot_color_scheme: "chatbot_color_scheme",
};

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(defaultSettings, name);
}

/** The settings with an update's fields in place; unknown names are ignored, as upstream does. */
export function updateSettings(settings: Settings, fields: Fields): Settings {
  const changed: Record<SettingName, Setting> = { ...settings };
  for (const [field, value] of Object.entries(fields)) {
    const name = renamed[field] ?? field;
    if (isSettingName(name)) changed[name] = readSetting(defaultSettings[name], value, name);
  }
  return changed;
}

/** Forms carry only text, so the default's type decides how it is read. */
function readSetting(usual: Setting, value: unknown, name: SettingName): Setting {
  const isList = name === "example_questions" || name === "allowed_domains_for_embedding";
  if (isList && (Array.isArray(value) || typeof value === "string")) {
    const texts = (Array.isArray(value) ? value : [value]).filter((text) => typeof text === "string");
    return texts.map((text) => text.trim()).filter((text) => text !== "");
  }
  if (value === null || value === undefined) return null;
  if (typeof usual === "boolean") return isYes(value);
  if (typeof usual === "number") return Number.isFinite(Number(value)) ? Number(value) : usual;
  return typeof value === "string" ? value : usual;
}

/** The seven settings that responses of 2023 contained. */
const of2023: readonly SettingName[] = [
  "chatbot_avatar",
  "chatbot_background",
  "default_prompt",
  "example_questions",
  "response_source",
  "chatbot_msg_lang",
  "chatbot_color",
];

export type SettingsVariant = "full" | "2023" | "nulls" | "zero-one";

/** One of the shapes in which settings were seen to arrive. */
export function writeSettings(settings: Settings, variant: SettingsVariant): Record<string, Setting> {
  const entries: [string, Setting][] = Object.entries(settings);
  switch (variant) {
    case "2023":
      return Object.fromEntries(of2023.map((name) => [name, settings[name]]));
    case "nulls":
      return Object.fromEntries(entries.map(([name]) => [name, null]));
    case "zero-one":
      return Object.fromEntries(
        entries.map(([name, value]) => [name, typeof value === "boolean" ? Number(value) : value]),
      );
    default:
      return { ...settings };
  }
}
