/** One chat with one agent: its face, and the chat itself as soon as somebody wants it; given up as a whole. */
import { fetchFace } from "../browser/fetch-face.ts";
import type { ChatModule, ChatParts, StartedChat } from "./contract.ts";

export type ChatLife = {
  /** The agent's face, unchecked; null when it cannot be fetched, and then the next call tries again. */
  face(): Promise<unknown>;
  /** The face once it is there. */
  readonly shown: unknown;
  /** Loads and starts the chat; null when that failed (the next call tries again) or when this life is over. */
  start(): Promise<StartedChat | null>;
  readonly started: StartedChat | null;
  end(): void;
};

type Beginning = {
  fetch: typeof fetch;
  proxy: string;
  agent: string;
  load(): Promise<ChatModule>;
  /** What the chat is started with. */
  parts(face: () => Promise<unknown>): ChatParts;
  /** A try to fetch the face is over. */
  faced(): void;
  failed(error: unknown): void;
};

export function beginLife(beginning: Beginning): ChatLife {
  let face: Promise<unknown> | null = null;
  let chat: Promise<StartedChat | null> | null = null;
  let over = false;

  async function loadFace(): Promise<unknown> {
    const fetched = await fetchFace(beginning.fetch, beginning.proxy, beginning.agent);
    if (fetched === null) face = null;
    life.shown = fetched;
    if (!over) beginning.faced();
    return fetched;
  }

  async function startChat(): Promise<StartedChat | null> {
    try {
      const half = await beginning.load();
      if (!over) life.started = half.startChat(beginning.parts(life.face));
    } catch (error) {
      chat = null;
      if (!over) beginning.failed(error);
    }
    return life.started;
  }

  const life = {
    shown: null as unknown,
    started: null as StartedChat | null,
    face: () => (face ??= loadFace()),
    start: () => (chat ??= startChat()),
    end() {
      over = true;
      life.started?.undo();
      life.started = null;
    },
  };
  return life;
}
