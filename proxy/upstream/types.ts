/** What the proxy asks of CustomGPT.ai, in our words: the one door to the folder that sees the key. */
import type { AgentFace, Citation, Page, Reaction } from "../protocol/bodies.ts";

/** Where an answer's pieces go while upstream writes it. */
export type AnswerSink = {
  /** The service has accepted the question. From here on it may bill it, whatever it tells in the answer. */
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

/** Every call that is not aborted rejects with an `UpstreamFailure` (failures.ts) and nothing else. */
export type Upstream = {
  /**
   * The agent's public face without the parts that are ours (`agent`, `longestPrompt`). Its `avatar`,
   * `launcherPicture` are upstream's own addresses here; routes seal them into proxy paths. So are citations' images.
   */
  face(project: number, signal: AbortSignal): Promise<Omit<AgentFace, "agent" | "longestPrompt" | "contact">>;
  /** Sees whether the agent is there now; what `face` remembers does not count. Rejects when it is not. */
  look(project: number, signal: AbortSignal): Promise<void>;
  /** Begins a conversation and returns upstream's session id, a bearer secret. */
  begin(project: number, name: string, signal: AbortSignal): Promise<string>;
  /**
   * Sends a question, once, never repeated, and feeds the answer into the sink. Resolves when the answer is complete:
   * also when the stream ended without its finish but the stored message is there. Aborting the signal closes the
   * upstream connection at once and rejects with the signal's reason, or with `NotAsked` where nothing was sent yet.
   */
  ask(question: UpstreamQuestion, sink: AnswerSink, signal: AbortSignal): Promise<{ message: number | null }>;
  /**
   * Brings an answer to its end whose asker died: looks among the stored messages for up to a minute, and feeds what
   * follows after `soFar` into the sink. Nothing is asked again. Rejects with `answer-cut` when it is not to be found.
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
  /** Deletes the conversation upstream. Resolves too when it was already gone. */
  forget(project: number, session: string, signal: AbortSignal): Promise<void>;
  /** Fetches a picture that upstream named (an avatar, a source's preview): raster formats only, size bounded. */
  picture(address: string, signal: AbortSignal): Promise<Picture>;
  /** Ends all open connections. */
  close(): Promise<void>;
};
