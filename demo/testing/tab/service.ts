/** The proxy with a service behind it that answers word by word, and counts the questions. */
import { createFakeProxy, site } from "../../../proxy/testing/fake-proxy.ts";
import type { StoredMessage } from "../../../proxy/upstream/types.ts";

/** The answer to a question. */
export const answerTo = (question: string) => `The answer to ${question} is **known** to all.`;

/** Milliseconds until the first piece, and between pieces. */
const pace = 120;

const source = {
  id: "1",
  title: "Opening hours",
  url: "https://other.example/hours",
  description: "We open at eight.",
  image: null,
};

/** With `cites`, each answer names a source. */
export function openService({ cites = false } = {}) {
  const proxy = createFakeProxy({ followLimit: [], requestLimit: [] });
  const { time, upstream } = proxy;
  /** How often each question has reached the service. */
  const asked = new Map<string, number>();
  const stored = new Map<string, StoredMessage[]>();
  let messages = 100;

  upstream.ask = (question, sink, signal) =>
    new Promise((resolve, reject) => {
      const { prompt, session } = question;
      asked.set(prompt, (asked.get(prompt) ?? 0) + 1);
      const pieces = answerTo(prompt).match(/\S+ ?/g) ?? [];
      signal.addEventListener("abort", () => reject(signal.reason));
      const id = ++messages;
      const citations = cites ? [source] : [];
      const goOn = () => {
        const piece = pieces.shift();
        if (piece !== undefined) {
          if (!signal.aborted) sink.delta(piece);
          time.schedule(pace, goOn);
          return;
        }
        if (cites) sink.citations(citations);
        // Written and billed also without a reader.
        const answer: StoredMessage = {
          id,
          prompt,
          answer: answerTo(prompt),
          citations,
          reaction: "neutral",
        };
        stored.set(session, [...(stored.get(session) ?? []), answer]);
        resolve({ message: id });
      };
      time.schedule(pace, goOn);
    });
  upstream.messages = async (_project, session) => stored.get(session) ?? [];

  return {
    time,
    asked,
    /** Questions of each conversation. */
    conversations: () => [...stored.values()].map((answers) => answers.map(({ prompt }) => prompt)),
    upstream,
    /** A browser's call from the site's page. */
    fetch: (address: string, init: RequestInit): Promise<Response> => {
      const headers = new Headers(init.headers);
      headers.set("origin", site);
      headers.set("host", "chat.example.com");
      const { method = "GET", body = null } = init;
      // The page's AbortSignal is another class than the proxy's.
      const leaving = new AbortController();
      if (init.signal?.aborted) leaving.abort();
      init.signal?.addEventListener("abort", () => leaving.abort());
      return proxy.fetch(new Request(address, { method, headers, body, signal: leaving.signal }));
    },
  };
}
