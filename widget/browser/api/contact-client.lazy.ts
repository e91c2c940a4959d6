/** Client that sends messages to the agent's owner through the proxy. */
import type { AgentProfile, Feedback } from "../../../proxy/protocol/bodies.ts";
import { contactPatterns, type ContactMessage } from "../../../proxy/protocol/contact.ts";
import { proofHeader } from "../../../proxy/protocol/headers.ts";
import { pathTo } from "../../../proxy/protocol/paths.ts";
import type { VisitorProblem, ConversationRef } from "../../conversation/types.ts";
import type { ConversationStore, FeedbackDetails, ContactClient } from "../../conversation/environment.ts";
import { isJsonObject, parseJson } from "./json-object.ts";
import { readProblem } from "./parse-responses.ts";
import { renewedToken, sendRequest } from "./request.ts";

type ContactClientOptions = {
  readonly proxy: string;
  readonly fetch: typeof fetch;
  /** Reports a reason to the page. */
  readonly emit: (name: "feedback", detail: { turn: string; reaction: "disliked" } & FeedbackDetails) => void;
};

/** Milliseconds; the proxy waits ten seconds for the owner's webhook. */
const timeoutMs = 30_000;

type Sent = { method: string; path: string; body: object; ref: ConversationRef | null };

export function createContactClient(
  { proxy, fetch: fetchNow, emit }: ContactClientOptions,
  agent: string,
  store: ConversationStore,
  identity: () => string | null,
  profile: { readonly value: Pick<AgentProfile, "contact"> },
): ContactClient {
  /** Sends once, and again only with the proof of work that the proxy may require of new visitors. */
  async function send(sent: Sent, proof?: string): Promise<VisitorProblem | null> {
    const leaving = new AbortController();
    const timer = setTimeout(() => leaving.abort(), timeoutMs);
    try {
      const response = await sendRequest(fetchNow, proxy, {
        ...sent,
        identity: identity(),
        headers: { ...(proof && { [proofHeader]: proof }) },
        signal: leaving.signal,
      });
      keepRenewed(sent.ref, renewedToken(response));
      if (response.ok) return null;
      const refusal = parseJson(await response.text());
      const problem = isJsonObject(refusal) ? readProblem(refusal["problem"]) : null;
      if (problem?.proof && proof === undefined) {
        const { solve } = await import("./proof-of-work.lazy.ts");
        const solution = await solve(problem.proof, leaving.signal);
        if (solution) return await send(sent, solution);
      }
      return problem ?? { code: "unreachable" };
    } catch {
      return { code: navigator.onLine ? "unreachable" : "offline" };
    } finally {
      clearTimeout(timer);
    }
  }

  function keepRenewed(ref: ConversationRef | null, token: string | null): void {
    const stored = store.load();
    if (token && stored?.ref && stored.ref.conversation === ref?.conversation)
      store.save({ ...stored, ref: { ...stored.ref, visitor: token } });
  }

  return {
    write(message: ContactMessage) {
      const ref = store.load()?.ref ?? null;
      const path = ref
        ? contactPatterns.contact.replace(":conversation", encodeURIComponent(ref.conversation))
        : contactPatterns.agentContact.replace(":agent", encodeURIComponent(agent));
      return send({ method: "POST", path, body: message, ref });
    },
    async explain({ id, message }, why) {
      emit("feedback", { turn: id, reaction: "disliked", ...why });
      const ref = store.load()?.ref;
      if (!ref || message === null || !profile.value.contact) return null;
      const body: Feedback = { reaction: "disliked", ...why };
      const path = pathTo("feedback", { conversation: ref.conversation, message });
      return send({ method: "PUT", path, body, ref });
    },
  };
}
