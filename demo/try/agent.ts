/** Settings of the stand-in's agent for a site that the chat is tried on, in CustomGPT.ai's own names. */
import type { TriedSite } from "./tried-site.ts";

/** `origin` is where the demo is reached. Texts are empty where the chat has its own in the visitor's language. */
export function triedAgentSettings(
  { address, name, language, color, icon, starters }: TriedSite,
  origin: string,
) {
  return {
    chatbot_title: name,
    ...(color ? { chatbot_color: color, chatbot_toolbar_color: color } : { chatbot_color: "#0f6b5c" }),
    chatbot_avatar: icon ? `${origin}/try-icon` : "",
    chatbot_msg_lang: language ?? "en",
    default_prompt: "",
    example_questions: starters,
    try_asking_questions_msg: "",
    hang_in_there_msg: "",
    chatbot_siesta_msg: "",
    citations_sources_label_msg: "",
    ai_disclaimer:
      "Answers are copied from this site's pages by the stand-in, and not written by CustomGPT.ai.",
    no_answer_message: `The pages of ${address.host} that were read say nothing about that. Try other words.`,
    enable_feedbacks: true,
    enable_citations: 3,
  };
}
