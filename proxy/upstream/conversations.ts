/** Calls of the API that start, rate and delete conversations. */
import { whoseCall } from "../metrics/request-id.ts";
import type { Reaction } from "../protocol/bodies.ts";
import { UpstreamFailure } from "./errors.ts";
import { fields } from "./parse.ts";
import type { Calls } from "./request.ts";
import { type Addresses, isSession } from "./urls.ts";

export function createConversations(calls: Calls, addresses: Addresses) {
  async function start(project: number, name: string, signal: AbortSignal): Promise<string> {
    const body = await calls.json({
      method: "POST",
      url: addresses.conversations(project),
      body: { name },
      about: "project",
      // For itself and for the first question.
      part: "question",
      takes: 2,
      redact: [name],
      signal,
    });
    // `data.id` is a number of the account's and no session id, though some clients take it for one.
    const session = fields(fields(body)?.["data"])?.["session_id"] ?? fields(body)?.["session_id"];
    if (isSession(session)) return session;
    throw new UpstreamFailure("upstream-down", "a new conversation without a usable session id");
  }

  async function react(
    project: number,
    session: string,
    message: number,
    reaction: Reaction,
    signal: AbortSignal,
  ): Promise<void> {
    await calls.json({
      method: "PUT",
      url: addresses.feedback(project, session, message),
      body: { reaction },
      about: "conversation",
      part: "read",
      carriesInput: true,
      redact: [session],
      signal,
    });
  }

  async function forget(project: number, session: string, signal: AbortSignal): Promise<void> {
    const url = addresses.conversation(project, session);
    const part = whoseCall(signal) ? "read" : "own";
    await calls
      .json({ method: "DELETE", url, about: "conversation", part, redact: [session], signal })
      .catch(ignoreNotFound);
  }

  return { start, react, forget };
}

function ignoreNotFound(error: unknown): void {
  if (!(error instanceof UpstreamFailure) || error.code !== "not-found") throw error;
}
