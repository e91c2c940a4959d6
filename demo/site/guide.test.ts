/** What somebody notices who asks the demo's chat about the product: the guide has the answer, on the right page. */
import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { createStandin, type Standin } from "../../proxy/standin/standin.ts";
import { agentSettings } from "./agent.ts";
import { pages } from "./pages.ts";
import { createSite } from "./site.ts";

const origin = "http://guide.test";
const api = "http://standin.test/api/v1";
let standin: Standin;
let project: number;

beforeAll(async () => {
  const site = createSite({ origin: () => origin, scripts: new Map() });
  const listed = pages.filter((page) => page.listed).map((page) => origin + page.path);
  standin = createStandin({
    key: "test",
    clock: Date.now,
    newId: () => crypto.randomUUID(),
    sleep: () => Promise.resolve(),
    mayFetch: () => false,
    fetchPage: () => Promise.reject(new Error("Nothing is fetched here.")),
  });
  project = standin.seed({
    name: "Guide",
    settings: agentSettings(origin),
    pages: await Promise.all(
      listed.map(async (url) => ({ url, html: (await (await site.fetch(new Request(url)))?.text()) ?? "" })),
    ),
  });
});

async function call(path: string, body?: object): Promise<unknown> {
  const response = await standin.fetch(
    new Request(`${api}/projects/${project}/${path}`, {
      method: body ? "POST" : "GET",
      headers: { authorization: "Bearer test", "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
  );
  return response.json();
}

const answered = v.object({
  data: v.object({ openai_response: v.string(), citations: v.array(v.number()) }),
});
const cited = v.object({ data: v.object({ url: v.string() }) });

/** The answer's text, and the path of the first page it was taken from. */
async function ask(prompt: string): Promise<{ text: string; path: string | null }> {
  const { data } = v.parse(answered, await call(`conversations/${crypto.randomUUID()}/messages`, { prompt }));
  const [first] = data.citations;
  if (first === undefined) return { text: data.openai_response, path: null };
  const source = v.parse(cited, await call(`citations/${first}`));
  return { text: data.openai_response, path: new URL(source.data.url).pathname };
}

describe("the chat about this product", () => {
  it.each([
    ["What is this?", "/", "One script tag|CustomGPT.ai agent"],
    ["How do I add the chat to my website?", "/embed", "widget.js"],
    ["How do I put the chat on my website?", "/embed", "script"],
    ["Where is my API key?", "/security", "never sent to a browser"],
    ["How do I run the proxy on a server?", "/proxy", "node dist/proxy/server.js"],
    ["What does the proxy do?", "/proxy", "keeps the API key"],
    ["What happens if my connection drops during an answer?", "/faq", "not lost"],
    ["What does it cost?", "/faq", "MIT"],
    ["Is it free?", "/faq", "MIT"],
    ["Which browsers are supported?", "/faq", "Firefox"],
    ["How do I get dark mode?", "/options", "data-theme"],
    ["Does it support German?", "/options", "German"],
    ["How big is the widget?", "/embed", "26 kB"],
    ["Does it work with Next.js?", "/embed", "navigation"],
    ["Does it work with a content security policy?", "/embed", "script-src"],
    ["Is there a WordPress plugin?", "/faq", "footer"],
    ["Does it use cookies?", "/faq", "no cookies"],
    ["How can I delete my conversation?", "/security", "Start over"],
    ["What is the stand-in?", "/proxy", "double"],
    ["Where do I find my project id?", "/proxy", "number"],
    ["Does it work with screen readers?", "/accessibility", "name"],
    ["Can I use the keyboard?", "/accessibility", "Escape"],
  ])("answers “%s” from %s", async (question, path, words) => {
    const answer = await ask(question);
    expect(answer.path).toBe(path);
    expect(answer.text).toMatch(new RegExp(words));
  });

  it("answers every question it suggests itself", async () => {
    const starters = agentSettings(origin).example_questions;
    expect(starters).toHaveLength(4);
    const answers = await Promise.all(starters.map((starter) => ask(starter)));
    expect(answers.map((answer) => answer.path)).not.toContain(null);
  });

  it("says so when the guide does not know, in the agent's own words", async () => {
    const answer = await ask("What is the capital of France?");
    expect(answer).toEqual({ text: agentSettings(origin).no_answer_message, path: null });
  });
});
