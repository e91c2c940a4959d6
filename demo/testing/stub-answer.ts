/** Stub of the proxy in a browser profile: answers each question, and each transcript request, with a given answer. */
import type { BrowserContext } from "playwright-core";
import type { Citation, Transcript } from "../../proxy/protocol/bodies.ts";

type StubbedAnswer = { answer: string; citations: readonly (Partial<Citation> & { url: string | null })[] };

const event = (id: number, name: string, data: object) =>
  `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/** Answers all questions of this profile until it is closed. */
export async function stubAnswer(
  context: BrowserContext,
  { answer, citations }: StubbedAnswer,
): Promise<void> {
  const sources = citations.map((citation, index) => ({
    id: String(index + 1),
    title: `Source ${index + 1}`,
    description: null,
    image: null,
    ...citation,
  }));
  const headers = { "access-control-allow-origin": "*", "access-control-allow-headers": "*" };
  let prompt = "";
  await context.route(/\/v1\/(agents\/[^/]+\/conversations|conversations\/[^/]+\/messages)/, (route) => {
    const request = route.request();
    if (request.method() === "GET") {
      const message = { message: "m", prompt, answer, citations: sources, reaction: "neutral" as const };
      const body: Transcript = { conversation: "told", messages: [message] };
      return route.fulfill({ json: body, headers });
    }
    if (request.method() !== "POST") return route.fulfill({ status: 204, headers });
    prompt = JSON.parse(request.postData() ?? "{}").prompt;
    return route.fulfill({
      contentType: "text/event-stream",
      headers,
      body:
        event(1, "conversation", { conversation: "told", visitor: "v" }) +
        event(2, "delta", { text: answer }) +
        event(3, "citations", sources) +
        event(4, "done", { message: "m" }),
    });
  });
}
