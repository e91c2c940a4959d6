/** Hostile upstream on loopback: answers as a test says, and records everything that it receives. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";

/** One request as it arrived. */
export type Heard = {
  method: string;
  /** Path and query, as they stood in the request line. */
  target: string;
  headers: IncomingHttpHeaders;
  /** Header names as they were written, in order. */
  names: string[];
  body: string;
  /** `performance.now()` of the connection's or the answer's end; undefined while it is being answered. */
  overAt?: number;
  /** Whether the proxy disconnected before the answer had ended. */
  left: boolean;
};

/** Answers a request; when it does nothing, the request stays unanswered. */
export type Answering = (response: ServerResponse, heard: Heard) => void;

export type HostileUpstream = {
  /** For `CUSTOMGPT_BASE_URL`. */
  base: string;
  port: number;
  /** Everything that arrived since `wellBehaved` was last called. */
  heard: Heard[];
  /** The questions among them. */
  asked(): Heard[];
  /** Answers questions in this way from now on. */
  answerQuestions(answering: Answering): void;
  /** Answers everything in this way from now on. */
  answerAll(answering: Answering): void;
  /** Answers as the service does, and clears the record. */
  wellBehaved(): void;
  close(): Promise<void>;
};

export function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

/** Starts an answer's stream; `end`: finishes it at once. */
export function stream(response: ServerResponse, pieces: readonly string[], end = true): void {
  response.writeHead(200, {
    "content-type": "text/event-stream",
    server: "secret-server",
    "x-powered-by": "PHP",
  });
  const send = (data: object) => response.write(`data: ${JSON.stringify(data)}\n\n`);
  send({ status: "start" });
  for (const message of pieces) send({ status: "progress", message });
  if (!end) return;
  send({ status: "finish", id: 5, citations: [] });
  response.end();
}

const isQuestion = ({ method, target }: Heard) => method === "POST" && /\/messages(\?|$)/.test(target);

function politely(response: ServerResponse, heard: Heard): void {
  const path = heard.target.split("?")[0] ?? "";
  const ok = (data: unknown, status = 200) => json(response, status, { status: "success", data });
  if (isQuestion(heard)) stream(response, ["At ", "seven."]);
  else if (heard.method === "POST") ok({ id: 1, session_id: randomUUID() }, 201);
  else if (path.endsWith("/messages"))
    ok({ messages: { current_page: 1, data: [], last_page: 1, per_page: 20, total: 0 } });
  else ok({ id: 7, project_name: "Bakery", chatbot_title: "Bakery" });
}

export async function startHostileUpstream(): Promise<HostileUpstream> {
  let heard: Heard[] = [];
  let onQuestion: Answering = politely;
  let onAll: Answering | null = null;

  async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(Buffer.from(piece));
    const one: Heard = {
      method: request.method ?? "",
      target: request.url ?? "",
      headers: request.headers,
      names: request.rawHeaders.filter((_, index) => index % 2 === 0),
      body: Buffer.concat(pieces).toString(),
      left: false,
    };
    heard.push(one);
    response.once("close", () => {
      one.overAt = performance.now();
      one.left = !response.writableFinished;
    });
    const answering = onAll ?? (isQuestion(one) ? onQuestion : politely);
    answering(response, one);
  }

  const server = createServer((request, response) => {
    response.on("error", () => {});
    hear(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The upstream has no port.");
  return {
    base: `http://127.0.0.1:${address.port}/api/v1`,
    port: address.port,
    get heard() {
      return heard;
    },
    asked: () => heard.filter(isQuestion),
    answerQuestions: (answering) => void (onQuestion = answering),
    answerAll: (answering) => void (onAll = answering),
    wellBehaved() {
      heard = [];
      onQuestion = politely;
      onAll = null;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
