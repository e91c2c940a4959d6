/** Recovery of an answer whose instance has crashed. */
import { describe, expect, it } from "vitest";
import { clientFor, collect, failureOf, never, session } from "../testing/client.ts";
import { startService } from "../testing/service.ts";

const question = { project: 7, session, prompt: "When do you open?", newerThan: 5 };

function stored(answer: string, id = 9) {
  return { data: { messages: { data: [{ id, user_query: question.prompt, openai_response: answer }] } } };
}

describe("an answer whose instance is gone", () => {
  it("continues where it stopped, once upstream has stored it, and nothing is asked again", async () => {
    let looks = 0;
    const service = await startService((_, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(stored(++looks < 3 ? "" : "At seven in the morning.")));
    });
    const { upstream } = clientFor(service.base);
    const { text, sink } = collect();
    expect(await upstream.recover(question, "At seven", sink, never)).toEqual({ message: 9 });
    expect(text()).toBe(" in the morning.");
    expect(new Set(service.asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
    await upstream.close();
    await service.close();
  });

  it("is looked for during most of a minute, and then cut", async () => {
    const service = await startService((_, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(stored("At eight.", 5)));
    });
    const { upstream, waits } = clientFor(service.base);
    const { deltas, sink } = collect();
    expect((await failureOf(upstream.recover(question, "At seven", sink, never))).code).toBe("answer-cut");
    expect(deltas).toEqual([]);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(45_000);
    await upstream.close();
    await service.close();
  });
});
