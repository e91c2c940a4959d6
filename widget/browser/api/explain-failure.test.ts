import { describe, expect, it } from "vitest";
import { explain } from "./explain-failure.lazy.ts";

const proxy = "https://chat.example.com";
const { origin } = window.location;
const page = { location: window.location, origin, setTimeout };

/** Results of a request for the agent's profile, and of any other request. */
function reached(profile: () => Promise<Response>, anything: () => Promise<Response> = profile) {
  const fetchNow = (_: URL | RequestInfo, init: RequestInit = {}) => {
    // A property that a page adds to all objects must not become part of the request.
    expect(Object.getPrototypeOf(init)).toBeNull();
    return init.mode === "no-cors" ? anything() : profile();
  };
  return { proxy, fetch: fetchNow };
}

const json = (body: unknown, status: number) => async () => new Response(JSON.stringify(body), { status });
const fails = () => Promise.reject(new TypeError("Failed to fetch"));
const opaque = async () => new Response(null);

describe("the explanation for the owner of a site whose chat stays empty names", () => {
  it.each([
    ["that no agent has that name", json({ problem: { code: "not-found" } }, 404), 'no agent "sales"', true],
    [
      "that the agent is for other sites",
      json({ problem: { code: "not-allowed" } }, 403),
      "AGENT_ORIGINS",
      true,
    ],
    ["what the proxy says of it", json({ problem: { code: "upstream-down" } }, 502), "upstream-down", false],
    ["that something else answers there", async () => new Response("<h1>Hi</h1>"), "no proxy of this", true],
    ["that it was gone for a moment", json({ agent: "sales" }, 200), "second try", false],
  ])("%s", async (_, profile, words, isSettled) => {
    const reason = await explain(reached(profile), "sales", page);
    expect(reason.sentence).toContain(words);
    expect(reason.sentence).toContain(words === "AGENT_ORIGINS" ? origin : proxy);
    expect(reason.sentence).not.toContain(" ALLOWED_ORIGINS");
    expect(reason.isSettled).toBe(isSettled);
  });

  it("the origin to add, when the proxy answers but the page may not read it", async () => {
    const reason = await explain(reached(fails, opaque), "sales", page);
    expect(reason).toEqual({
      sentence: `${proxy} answers, but not to this page: add ${origin} to the proxy's ALLOWED_ORIGINS and restart it.`,
      isSettled: true,
    });
  });

  it("no setting for a page without an origin, which no proxy answers", async () => {
    const reason = await explain(reached(fails, opaque), "sales", { ...page, origin: "null" });
    expect(reason.sentence).toContain("no page without an origin");
    expect(reason.isSettled).toBe(true);
  });

  it("no setting when no server answers", async () => {
    const reason = await explain(reached(fails), "sales", page);
    expect(reason.sentence).toContain(`nothing answers at ${proxy}`);
    expect(reason.isSettled).toBe(false);
  });

  it("a missing response after a short timeout, since a visitor waits", async () => {
    const waits: number[] = [];
    const soon = (work: () => void, milliseconds: number) => {
      waits.push(milliseconds);
      return setTimeout(work, 0);
    };
    const silent = (_: URL | RequestInfo, init: RequestInit = {}) =>
      new Promise<Response>((_resolve, reject) => {
        init.signal?.addEventListener("abort", () => reject(new DOMException("Aborted", "AbortError")));
      });
    const reason = await explain({ proxy, fetch: silent }, "sales", { ...page, setTimeout: soon });
    expect(reason.sentence).toContain(`nothing answers at ${proxy}`);
    expect(reason.isSettled).toBe(false);
    expect(Math.max(...waits)).toBeLessThanOrEqual(10_000);
  });

  it("no setting when a response is cut", async () => {
    const half = async () =>
      new Response(new ReadableStream({ start: (controller) => controller.error(new TypeError("broken")) }));
    const reason = await explain(reached(half), "sales", page);
    expect(reason.sentence).toContain("broke off");
    expect(reason.isSettled).toBe(false);
  });

  it("the page's own policy that forbids the request", async () => {
    const forbidden = () => {
      const event = new Event("securitypolicyviolation");
      Object.assign(event, { blockedURI: `${proxy}/v1/agents/sales`, disposition: "enforce" });
      document.dispatchEvent(event);
      return fails();
    };
    const reason = await explain(reached(forbidden), "sales", page);
    expect(reason.sentence).toContain(`add ${proxy} to connect-src`);
    expect(reason.isSettled).toBe(true);
  });
});
