/** Fake proxy with scripted answers: serves the built widget on an empty page, and streams as ours does. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { AgentProfile, Citation, TranscriptMessage } from "../../proxy/protocol/bodies.ts";
import { readWidgetFiles } from "../../proxy/servers/node/read-widget-files.ts";
import { bareProfile } from "../../proxy/protocol/testing/bare-profile.ts";

export type PretendAnswer = {
  text: string;
  citations?: readonly Citation[];
  /** Characters in a piece; pieces sent at once; milliseconds from one sending to the next. */
  pace?: { characters: number; pieces: number; everyMs: number };
};

export type PretendProxy = {
  address: string;
  /** Sets the answer to a question; any other question is its own answer. */
  answer(question: string, answer: PretendAnswer): void;
  /** The stored transcript, as a reloaded page receives it. */
  stored: TranscriptMessage[];
  /** Adds a page at this path, or a file of another type. */
  put(path: string, body: string, type?: string): void;
  /** Pauses every answer after this number of characters until the returned function is called. */
  holdAfter(characters: number): () => void;
  close(): Promise<void>;
};

const place = { conversation: "pretended", visitor: "nobody" };
const usualPace = { characters: 4, pieces: 8, everyMs: 16 };

const profile: AgentProfile = { ...bareProfile, title: "Pretender", language: "en", longestPrompt: 4000 };

const emptyPage = `<!doctype html><html lang="en"><title>A page</title><meta name="viewport" content="width=device-width">
<body><script src="/widget.js" async></script>`;

/** Needs the built widget. */
export async function openPretendProxy(): Promise<PretendProxy> {
  const files = readWidgetFiles("dist/widget");
  const pages = new Map([["/", { body: emptyPage, type: "text/html" }]]);
  const answers = new Map<string, PretendAnswer>();
  const stored: TranscriptMessage[] = [];
  let held: { after: number; end: Promise<void> } | null = null;
  let count = 0;

  async function stream(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { prompt } = JSON.parse(await bodyOf(request));
    const { text, citations = [], pace = usualPace } = answers.get(prompt) ?? { text: String(prompt) };
    const { characters, pieces, everyMs } = pace;
    let id = 0;
    const write = (event: string, data: object) =>
      response.write(`id: ${++id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.socket?.setNoDelay(true);
    write("conversation", place);
    const began = performance.now();
    for (let at = 0, beat = 1; at < text.length && !response.destroyed; beat++) {
      response.cork();
      for (let piece = 0; piece < pieces && at < text.length; piece++, at += characters)
        write("delta", { text: text.slice(at, at + characters) });
      response.uncork();
      if (held && at >= held.after) await held.end;
      if (everyMs > 0) await sleep(Math.max(0, began + beat * everyMs - performance.now()));
      else if (response.writableNeedDrain) await new Promise((resolve) => response.once("drain", resolve));
    }
    if (citations.length > 0) write("citations", citations);
    write("done", { message: `message-${++count}` });
    response.end();
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://pretender");
    const json = (value: object) =>
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
    const page = pages.get(pathname);
    const file = files.get(pathname);
    if (page) response.writeHead(200, { "content-type": `${page.type}; charset=utf-8` }).end(page.body);
    else if (file) response.writeHead(200, { "content-type": "text/javascript" }).end(file.body);
    else if (pathname === "/v1/agents/default") json(profile);
    else if (request.method === "POST") await stream(request, response);
    else if (request.method === "GET" && pathname.endsWith("/messages"))
      json({ conversation: place.conversation, messages: stored });
    else response.writeHead(204).end();
  }

  const server = createServer(
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const listening = server.address();
  if (listening === null || typeof listening === "string") throw new Error("The pretender has no address.");

  return {
    address: `http://127.0.0.1:${listening.port}`,
    answer: (question, said) => void answers.set(question, said),
    stored,
    put: (path, body, type = "text/html") => void pages.set(path, { body, type }),
    holdAfter(characters) {
      let letGo = () => {};
      held = { after: characters, end: new Promise((resolve) => (letGo = resolve)) };
      return () => {
        held = null;
        letGo();
      };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request) text += String(piece);
  return text;
}
