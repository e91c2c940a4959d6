/** Conversation of the opened chat: stored, shared with other tabs, and reported to the page. */
import { createEnvironment } from "../browser/platform/create-environment.ts";
import type { Conversation } from "../conversation/conversation.ts";
import type { ChatDeps } from "../embed/types.ts";
import type { ChatModel } from "./chat-model.ts";
import { createPersistence } from "./persistence.ts";

export type StartedConversation = ReturnType<typeof startConversation>;

export function startConversation(parts: ChatDeps, model: ChatModel) {
  const { emit } = parts;
  const { store, identity, saveOpenState, start } = createPersistence(parts, model);
  const environment = createEnvironment(
    parts,
    model.agent,
    store,
    identity,
    () => model.languageTags.value,
    () => model.pageContext.peek(),
  );
  const started = start(environment, {
    onQuestion({ name, question }) {
      saveOpenState();
      emit("question", { turn: name, text: question });
    },
    onFinish({ id, question, answer, citations, end, problem }, remote) {
      started.finished(end === "answered");
      if (remote) return;
      if (end === "answered") emit("answer", { turn: id, question, text: answer, citations });
      if (problem) emit("problem", { code: problem.code });
    },
  });
  const { running } = started;
  const conversation: Conversation = {
    ...running,
    rate(turn, reaction) {
      running.rate(turn, reaction);
      emit("feedback", { turn, reaction });
    },
  };
  return { ...started, conversation, environment, store, identity };
}
