/** Look-up of sources by id: parallel, cached, bounded, and never at the price of the answer. */
import { describe, expect, it } from "vitest";
import { createAddresses } from "../urls.ts";
import type { Call } from "../request.ts";
import { createCitations } from "./citations.ts";
import { UpstreamFailure } from "../errors.ts";
import { never } from "../testing/client.ts";

type Answer = (id: number, call: Call) => unknown;
const page: Answer = (id) => ({
  status: "success",
  data: { id, url: `https://example.com/${id}`, title: `T${id}` },
});

function citationsFrom(answer: Answer = page) {
  const asked: number[] = [];
  const leftOut: string[] = [];
  let now = 0;
  let open = 0;
  let maxOpen = 0;
  const calls = {
    json: async (call: Call) => {
      const id = Number(call.url.pathname.split("/").pop());
      asked.push(id);
      maxOpen = Math.max(maxOpen, ++open);
      await new Promise((resolve) => setTimeout(resolve, 1));
      open--;
      call.signal.throwIfAborted();
      return answer(id, call);
    },
    open: () => Promise.reject(new Error("not asked for")),
  };
  const citations = createCitations({
    calls,
    addresses: createAddresses(new URL("https://up.example/api/v1")),
    clock: () => now,
    leftOut: (_call, _project, detail) => leftOut.push(detail),
  });
  return {
    asked,
    leftOut,
    maxOpen: () => maxOpen,
    later: (ms: number) => (now += ms),
    of: (list: readonly unknown[], project = 1) => citations.ofAnswer(project, list, never),
    citations,
  };
}

const shape = (list: readonly { id: string; title: string }[]) =>
  list.map(({ id, title }) => `${id} ${title}`);

describe("places", () => {
  it.each([
    ["numbers and text", [7, "8", "12061.0"], ["1 T7", "2 T8", "3 T12061"]],
    ["repetitions fall on the first", [7, "7.0", 8], ["1 T7", "3 T8"]],
    ["what is no id keeps its place empty", [null, "x", {}, [], true, -3, 7], ["7 T7"]],
    ["objects that only name an id", [{ id: 7 }, { citation_id: "8" }], ["1 T7", "2 T8"]],
    [
      "objects that tell everything",
      [
        { id: 9, title: "Told", url: "https://a.example/" },
        { page_title: "Too", page_url: "https://b.example/" },
      ],
      ["1 Told", "2 Too"],
    ],
  ])("%s", async (_, list, expected) => {
    expect(shape(await citationsFrom().of(list))).toEqual(expected);
  });

  it("need no call for a complete source", async () => {
    const { of, asked } = citationsFrom();
    await of([{ id: 9, title: "Told" }]);
    expect(asked).toEqual([]);
  });

  it("a source that fails is left out and the others keep their numbers", async () => {
    const { of, leftOut } = citationsFrom((id, call) => {
      if (id === 2) throw new UpstreamFailure("upstream-down", "500 Internal Server Error");
      return page(id, call);
    });
    expect(shape(await of([1, 2, 3]))).toEqual(["1 T1", "3 T3"]);
    expect(leftOut).toEqual(["1 of 3 sources left out: 500 Internal Server Error"]);
  });
});

describe("a source", () => {
  const full = { description: null, image: null };
  it.each([
    [
      "plain",
      {
        url: "https://a.example/x",
        title: "T",
        description: " d\n\u0007e ",
        image: "http://i.example/i.png",
      },
      { url: "https://a.example/x", title: "T", description: "d e", image: "http://i.example/i.png" },
    ],
    ["no address", { url: null, title: "T" }, { ...full, url: null, title: "T" }],
    [
      "no title",
      { url: "https://a.example/x", title: null },
      { ...full, url: "https://a.example/x", title: "a.example" },
    ],
    [
      "a file",
      { page_url: "https://app.customgpt.ai/api/v1/preview/7", filename: "a.pdf" },
      { ...full, url: null, title: "a.pdf" },
    ],
    ["nothing", {}, { ...full, url: null, title: "Source 1" }],
    ["javascript", { url: "javascript:alert(1)", title: "T" }, { ...full, url: null, title: "T" }],
    [
      "data",
      { url: "data:text/html,x", title: "T", image: "data:image/png;base64,AA" },
      { ...full, url: null, title: "T" },
    ],
    ["credentials", { url: "https://user:pass@a.example/", title: "T" }, { ...full, url: null, title: "T" }],
    ["relative", { url: "/x", title: "T" }, { ...full, url: null, title: "T" }],
    [
      "odd types",
      { url: 5, title: ["T"], description: {}, image: 1 },
      { ...full, url: null, title: "Source 1" },
    ],
    ["a hidden direction", { url: null, title: "a\u202egnp.exe" }, { ...full, url: null, title: "agnp.exe" }],
  ])("%s", async (_, data, expected) => {
    expect(await citationsFrom(() => ({ data })).of([7])).toEqual([{ id: "1", ...expected }]);
  });

  it("has bounded texts", async () => {
    const long = "é".repeat(5000);
    const data = { url: `https://a.example/${"x".repeat(2000)}`, title: long, description: long };
    const [citation] = await citationsFrom(() => ({ data })).of([7]);
    expect(citation).toMatchObject({ url: null });
    expect([citation?.title.length, citation?.description?.length]).toEqual([300, 1000]);
  });
});

describe("bounds", () => {
  const many = Array.from({ length: 60 }, (_, index) => index + 1);

  it("at most twenty sources an answer, four calls at once", async () => {
    const { of, asked, maxOpen } = citationsFrom();
    expect(await of(many)).toHaveLength(20);
    expect(asked).toHaveLength(20);
    expect(maxOpen()).toBe(4);
  });

  it("caches a source of a project for an hour", async () => {
    const { of, asked, later } = citationsFrom();
    await of([7]);
    await of([7]);
    expect(asked).toEqual([7]);
    await of([7], 2);
    expect(asked).toEqual([7, 7]);
    later(3_600_001);
    await of([7]);
    expect(asked).toEqual([7, 7, 7]);
  });

  it("caches for a minute that a source is missing, and no other failure", async () => {
    let code: "not-found" | "upstream-down" = "not-found";
    const { of, asked, later } = citationsFrom(() => {
      throw new UpstreamFailure(code, "no");
    });
    await of([7]);
    await of([7]);
    expect(asked).toEqual([7]);
    later(60_001);
    code = "upstream-down";
    await of([7]);
    await of([7]);
    expect(asked).toEqual([7, 7, 7]);
  });

  it("stops looking up when the answer has waited long enough", async () => {
    const list = citationsFrom((id, call) => {
      list.later(3000);
      return page(id, call);
    });
    const found = await list.of(many);
    expect(found.length).toBeLessThan(8);
    expect(list.leftOut[0]).toMatch("no time left");
  });

  it("looks up a transcript's newest answers first, each source once", async () => {
    const { citations, asked } = citationsFrom();
    const lists = Array.from({ length: 40 }, (_, answer) => [1, answer * 10 + 2, answer * 10 + 3]);
    const found = await citations.ofTranscript(1, lists, never);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).toHaveLength(60);
    expect(found.at(-1)).toHaveLength(3);
    expect(shape(found[0] ?? [])).toEqual(["1 T1"]);
  });

  it("an abort ends it", async () => {
    const { citations } = citationsFrom();
    const leaving = new AbortController();
    const asking = citations.ofAnswer(1, many, leaving.signal);
    leaving.abort(new Error("stopped"));
    await expect(asking).rejects.toThrow("stopped");
  });
});
