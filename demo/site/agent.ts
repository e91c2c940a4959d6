/** The demo agent's settings, in CustomGPT.ai's own names, as the stand-in is given them. */

/** `origin` is where the site is reached, without a closing slash; the picture is served there. */
export function agentSettings(origin: string) {
  return {
    chatbot_title: "Widget guide",
    chatbot_color: "#0f6b5c",
    chatbot_toolbar_color: "#0f6b5c",
    chatbot_avatar: `${origin}/agent.png`,
    chatbot_msg_lang: "en",
    default_prompt: "Ask about the widget or the proxy",
    example_questions: [
      "How do I add the chat to my website?",
      "Where is my API key?",
      "How do I run the proxy on a server?",
      "What happens if my connection drops during an answer?",
    ],
    try_asking_questions_msg: "Good questions to begin with",
    hang_in_there_msg: "Looking through the guide…",
    no_answer_message:
      "The pages of this guide don't say anything about that. Try other words, or look through the [questions and answers](/faq).",
    ai_disclaimer: "Answers are taken from this site's pages by a program, which can pick the wrong ones.",
    input_field_addendum: "",
    enable_feedbacks: true,
    enable_citations: 3,
    enable_inline_citations_api: false,
    // Never to be seen in a browser; a test looks for it there.
    persona_instructions:
      "You are the guide of the customgpt-widget demo site. Answer from its pages only. Internal mark: keep-this-sentence-on-the-server.",
  } as const;
}
