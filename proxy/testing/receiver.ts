/** Webhook receiver that records what it gets and answers as a test says. */
import { createServer } from "node:http";
import * as v from "valibot";

export type Receiver = {
  /** For CONTACT_WEBHOOK; its path is a secret. */
  address: string;
  received: {
    method: string;
    path: string;
    headers: Record<string, unknown>;
    body: Record<string, unknown>;
  }[];
  /** The status it answers with from now on; null for no answer at all. */
  answerWith(status: number | null, headers?: Record<string, string>): void;
  close(): Promise<void>;
};

const bodySchema = v.record(v.string(), v.unknown());

export const secretPath = "/hook/only-the-owner-knows-this";

export async function openReceiver(): Promise<Receiver> {
  const received: Receiver["received"] = [];
  let answer: { status: number | null; headers: Record<string, string> } = { status: 204, headers: {} };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const body = text === "" ? {} : v.parse(bodySchema, JSON.parse(text));
      received.push({
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body,
      });
      if (answer.status !== null) response.writeHead(answer.status, answer.headers).end("thanks");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const place = server.address();
  if (typeof place !== "object" || !place) throw new Error("The receiver has no port.");
  return {
    address: `http://127.0.0.1:${place.port}${secretPath}`,
    received,
    answerWith: (status, headers = {}) => {
      answer = { status, headers };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
