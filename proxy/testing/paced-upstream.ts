/** Upstream whose answers repeat their own question in every word, so that a test sees when two were mixed up. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import * as v from "valibot";

export type PacedUpstream = {
  /** For `CUSTOMGPT_BASE_URL`. */
  base: string;
  /** How often each prompt was sent. */
  sent: ReadonlyMap<string, number>;
  /** Answers being streamed, and their maximum so far. */
  open(): number;
  maxOpen(): number;
  /** Milliseconds since 1970 at which a prompt's connection was closed by the proxy before its end. */
  leftAt: ReadonlyMap<string, number>;
  close(): Promise<void>;
};

type Pace = {
  words: number;
  everyMs: number;
  /** Number of open answers at which the first word is written; default 1. */
  together?: number;
};

/** Answer to a question: `prompt#0 prompt#1 …`. */
export function pacedAnswer(prompt: string, words: number): string {
  return Array.from({ length: words }, (_, index) => `${prompt}#${index} `).join("");
}

const named = v.object({ prompt: v.string() });

/** Goes on writing, and stores the whole answer, when the client disconnects, as the service does. */
export async function startPacedUpstream({ words, everyMs, together = 1 }: Pace): Promise<PacedUpstream> {
  const sent = new Map<string, number>();
  const leftAt = new Map<string, number>();
  const stored = new Map<string, object[]>();
  let ids = 0;
  let open = 0;
  let maxOpen = 0;

  function json(response: ServerResponse, status: number, data: unknown): void {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ status: "success", data }));
  }

  function stream(session: string, prompt: string, response: ServerResponse): void {
    const id = ++ids;
    let word = 0;
    let here = true;
    maxOpen = Math.max(maxOpen, ++open);
    response.writeHead(200, { "content-type": "text/event-stream" });
    const send = (data: object) => here && response.write(`data: ${JSON.stringify(data)}\n\n`);
    response.once("close", () => {
      here = false;
      open--;
      if (word < words) leftAt.set(prompt, Date.now());
    });
    send({ status: "start", prompt });
    const timer = setInterval(() => {
      if (maxOpen < together) return;
      if (word < words) {
        send({ status: "progress", message: `${prompt}#${word} ` });
        word++;
        return;
      }
      clearInterval(timer);
      const answer = pacedAnswer(prompt, words);
      stored.set(session, [
        ...(stored.get(session) ?? []),
        {
          id,
          user_query: prompt,
          openai_response: answer,
          citations: [],
          created_at: "2026-01-01T00:00:00.000000Z",
        },
      ]);
      send({ status: "finish", id, session_id: session, citations: [] });
      response.end();
    }, everyMs);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(Buffer.from(piece));
    const body: unknown = pieces.length > 0 ? JSON.parse(Buffer.concat(pieces).toString()) : null;
    const path = new URL(request.url ?? "/", "http://upstream").pathname;
    const session = /\/conversations\/([\w-]+)\/messages$/.exec(path)?.[1];
    if (request.method === "POST" && session !== undefined) {
      const { prompt } = v.parse(named, body);
      sent.set(prompt, (sent.get(prompt) ?? 0) + 1);
      stream(session, prompt, response);
    } else if (request.method === "POST") {
      json(response, 201, { id: 1, session_id: randomUUID() });
    } else if (session !== undefined) {
      const list = (stored.get(session) ?? []).toReversed();
      const messages = { current_page: 1, data: list, last_page: 1, per_page: 20, total: list.length };
      json(response, 200, { conversation: { session_id: session }, messages });
    } else json(response, 200, { id: 7, project_name: "Paced", chatbot_title: "Paced" });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  // Node's five seconds are shorter than a busy machine needs between two requests of a connection.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The upstream has no port.");
  return {
    base: `http://127.0.0.1:${address.port}/api/v1`,
    sent,
    leftAt,
    open: () => open,
    maxOpen: () => maxOpen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
