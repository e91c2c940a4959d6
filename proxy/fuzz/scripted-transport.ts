/** Transport with scripted answers; records every request that the proxy must not send. */
import { type Transport, TransportFailure, type TransportRequest } from "../upstream/transport/types.ts";
import { key, session, words } from "./secrets.ts";
import type { Move } from "./upstream-moves.ts";

export const base = new URL("https://service.test/api/v1");

const id = "[A-Za-z0-9_-]{1,128}";
/** Everything the proxy may ask the service, with project 7 alone. */
const allowed = [
  /^GET \/projects\/7(\/settings)?$/,
  /^POST \/projects\/7\/conversations$/,
  new RegExp(`^(DELETE) /projects/7/conversations/${id}$`),
  new RegExp(`^GET /projects/7/conversations/${id}/messages\\?page=\\d+&order=desc$`),
  new RegExp(`^POST /projects/7/conversations/${id}/messages\\?stream=true(&lang=[A-Za-z0-9-]+)?$`),
  new RegExp(`^PUT /projects/7/conversations/${id}/messages/\\d+/feedback$`),
  /^GET \/projects\/7\/citations\/\d+$/,
];
const headerNames = ["accept", "accept-encoding", "authorization", "content-type", "user-agent"];
const bodyFields = ["name", "prompt", "response_source", "stream", "custom_context", "reaction"];

/** Moves are used in order; after the last, every answer is valid. */
export function createScriptedTransport(
  moves: readonly Move[],
): Transport & { wrong: string[]; sent: number } {
  let next = 0;
  const scripted = {
    wrong: [] as string[],
    sent: 0,
    async send(request: TransportRequest) {
      scripted.sent++;
      scripted.wrong.push(...mistakesIn(request));
      const { status, headers, chunks, ending } = moves[next++] ?? goodMove;
      if (status === null)
        throw new TransportFailure(ending === "timeout" ? "timeout" : "broken", "scripted");
      return {
        status,
        header: (name: string) => headers[name],
        body: written(chunks ?? [new TextEncoder().encode(goodAnswer(request))], ending),
        discard: () => {},
      };
    },
    close: async () => {},
  };
  return scripted;
}

/** Images come from other hosts: nothing of ours may be sent there. */
export function createPictureTransport(moves: readonly Move[]): Transport & { wrong: string[] } {
  let next = 0;
  const scripted = {
    wrong: [] as string[],
    async send({ headers, url }: TransportRequest) {
      if (headers["authorization"] !== undefined || url.href.includes(session))
        scripted.wrong.push(`a picture's request says too much: ${url.href}`);
      const { status, headers: given, chunks, ending } = moves[next++] ?? goodMove;
      if (status === null)
        throw new TransportFailure(ending === "timeout" ? "timeout" : "broken", "scripted");
      const png = Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 0]);
      const type = { "content-type": "image/png", ...given };
      return {
        status,
        header: (name: string) => Object.entries(type).find(([known]) => known === name)?.[1],
        body: written(chunks ?? [png], ending),
        discard: () => {},
      };
    },
    close: async () => {},
  };
  return scripted;
}

async function* written(chunks: readonly Uint8Array[], ending: Move["ending"]) {
  yield* chunks;
  if (ending !== "end") throw new TransportFailure(ending, "scripted");
}

const goodMove: Move = { status: 200, headers: {}, chunks: null, ending: "end" };

function mistakesIn({ method, url, headers, body }: TransportRequest): string[] {
  const path = url.pathname.slice(base.pathname.length) + url.search;
  const mistakes: string[] = [];
  if (url.origin !== base.origin || !url.pathname.startsWith(`${base.pathname}/`) || url.hash !== "")
    mistakes.push(`address ${url.href}`);
  if (!allowed.some((shape) => shape.test(`${method} ${path}`))) mistakes.push(`${method} ${path}`);
  if (headers["authorization"] !== `Bearer ${key}`) mistakes.push("authorization");
  for (const name of Object.keys(headers)) if (!headerNames.includes(name)) mistakes.push(`header ${name}`);
  const given: unknown = body === undefined ? {} : JSON.parse(body);
  for (const name of Object.keys(given ?? {}))
    if (!bodyFields.includes(name)) mistakes.push(`body field ${name}`);
  return mistakes;
}

function goodAnswer({ method, url }: TransportRequest): string {
  const json = JSON.stringify;
  const ok = (data: unknown) => json({ status: "success", data });
  if (method === "POST" && url.pathname.endsWith("/conversations"))
    return ok({ id: 5, session_id: session, name: "n" });
  if (method === "POST")
    return [
      { status: "start", session_id: session },
      { status: "progress", message: "At " },
      { status: "progress", message: "seven." },
      { status: "finish", id: 31, citations: [12] },
    ]
      .map((frame) => `data: ${json(frame)}\n\n`)
      .join("");
  if (url.pathname.endsWith("/messages")) {
    const record = {
      id: 31,
      user_query: "When?",
      openai_response: "At seven.",
      citations: [12],
      metadata: words,
    };
    return ok({ messages: { data: [record], current_page: 1, last_page: 1 } });
  }
  if (url.pathname.endsWith("/settings"))
    return ok({
      chatbot_title: "Bakery",
      chatbot_avatar: "https://pictures.test/a.png",
      persona_instructions: words,
      example_questions: ["When?"],
    });
  if (url.pathname.includes("/citations/"))
    return ok({ id: 12, title: "Hours", url: "https://bakery.test/", image: "https://pictures.test/b.png" });
  return ok({ id: 7, project_name: "Bakery", secret: words });
}
