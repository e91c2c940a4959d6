/** Interface of the CustomGPT.ai client, the only code that has the key. */
import type { AgentProfile, Citation, Page, Reaction } from "../protocol/bodies.ts";

/** Receiver of an answer's pieces while upstream writes it. */
export type AnswerSink = {
  /** The service has accepted the question. From now on it may bill it, with or without an answer. */
  accepted(): void;
  /** The next piece of text, never empty. */
  delta(text: string): void;
  /** The sources, resolved, once, after the last delta. Not called when there are none. */
  citations(citations: Citation[]): void;
};

export type UpstreamQuestion = {
  project: number;
  session: string;
  prompt: string;
  language?: string;
  page?: Page;
  /** What the answer may be made from; default as the agent is set. */
  responseSource?: string;
  /** How much thought it gets; default as the agent is set. */
  capability?: string;
  /**
   * The newest message id known in this conversation before this question. A stored message is only taken for the
   * answer to this question when it is newer.
   */
  newerThan?: number;
};

/** One stored question with its answer. */
export type StoredMessage = {
  id: number;
  prompt: string;
  answer: string;
  citations: Citation[];
  reaction: Reaction;
};

export type Picture = { type: string; bytes: Uint8Array };

/** Every call that is not aborted rejects with an `UpstreamFailure` and nothing else. */
export type Upstream = {
  /**
   * The agent's public profile without what the proxy adds (`agent`, `longestPrompt`). Its `avatar`, its
   * `launcherPicture` and the images of citations are upstream's URLs here; routes seal them into proxy paths.
   */
  profile(
    project: number,
    signal: AbortSignal,
  ): Promise<Omit<AgentProfile, "agent" | "longestPrompt" | "contact">>;
  /** Checks whether the agent can be reached now, without the cache of `profile`. Rejects when it cannot. */
  checkAgent(project: number, signal: AbortSignal): Promise<void>;
  /** Whether the agent can answer yet; false while the service still reads its pages. */
  isReady(project: number, signal: AbortSignal): Promise<boolean>;
  /** Starts a conversation and returns upstream's session id, a bearer secret. */
  startConversation(project: number, name: string, signal: AbortSignal): Promise<string>;
  /**
   * Sends a question once, never repeats it, and feeds the answer into the sink. Resolves when the answer is complete:
   * also when the stream ended without its finish but the stored message is there. Aborting the signal closes the
   * upstream connection at once and rejects with the signal's reason, or with `NotAsked` where nothing was sent yet.
   */
  ask(question: UpstreamQuestion, sink: AnswerSink, signal: AbortSignal): Promise<{ message: number | null }>;
  /**
   * Completes an answer whose instance crashed: looks for it in the stored messages for up to a minute, and feeds what
   * follows after `soFar` into the sink. Nothing is asked again. Rejects with `answer-cut` when it is not found.
   */
  recover(
    question: UpstreamQuestion,
    soFar: string,
    sink: AnswerSink,
    signal: AbortSignal,
  ): Promise<{ message: number | null }>;
  /** The stored messages, oldest first. */
  messages(project: number, session: string, signal: AbortSignal): Promise<StoredMessage[]>;
  react(
    project: number,
    session: string,
    message: number,
    reaction: Reaction,
    signal: AbortSignal,
  ): Promise<void>;
  /** Deletes the conversation upstream. Also resolves when it did not exist any more. */
  forget(project: number, session: string, signal: AbortSignal): Promise<void>;
  /** Fetches a picture that upstream named (an avatar, a source's preview): raster formats only, size bounded. */
  picture(address: string, signal: AbortSignal): Promise<Picture>;
  /** Ends all open connections. */
  close(): Promise<void>;
};

/** Name of a call in the log and the metrics. `look` and `begin` are operators' names of the calls left out. */
export type CallKind =
  Exclude<keyof Upstream, "checkAgent" | "isReady" | "startConversation"> | "look" | "begin";
