/** Public profile of an agent: allow-list of fields, settings of every age, cache during an outage. */
import { describe, expect, it } from "vitest";
import { createAddresses } from "../urls.ts";
import { createProfileReader } from "./agent.ts";
import { color, profileFrom, language } from "./agent-fields.ts";
import type { Call } from "../request.ts";
import { UpstreamFailure } from "../errors.ts";
import { never } from "../testing/client.ts";

const nothing = {
  title: "",
  avatar: null,
  launcherPicture: null,
  color: null,
  placeholder: null,
  starters: [],
  language: null,
  feedback: true,
  citations: true,
  texts: {
    thinking: null,
    outage: null,
    outOfQueries: null,
    noAnswer: null,
    tryAsking: null,
    sources: null,
    terms: null,
    disclosure: null,
  },
};

const full = {
  chatbot_avatar: "https://cdn.example/a.png",
  default_prompt: "Ask Me Anything ...",
  example_questions: [" What? ", "", null, 5, "Why?", "What?"],
  chatbot_msg_lang: "cmn",
  chatbot_color: "#0AF",
  persona_instructions: "SECRET persona",
  shareable_slug: "SECRET slug",
  citations_sources_label_msg: "Where from",
  hang_in_there_msg: "Hang in there",
  chatbot_siesta_msg: "Siesta",
  account_out_of_queries_msg: "Out",
  no_answer_message: "Nothing",
  try_asking_questions_msg: "Try asking",
  input_field_addendum: "https://terms.example/",
  ai_disclaimer: "I am a machine.",
  enable_citations: 3,
  enable_feedbacks: 1,
  spotlight_avatar_enabled: true,
  spotlight_avatar: "https://cdn.example/s.png",
  spotlight_avatar_type: "image",
  chatbot_title: "Moist",
};

describe("what settings show", () => {
  it("all allowed fields, and no other", () => {
    const profile = profileFrom(full, { project_name: "Project", embed_code: "SECRET" });
    expect(profile).toEqual({
      title: "Moist",
      avatar: "https://cdn.example/a.png",
      launcherPicture: "https://cdn.example/s.png",
      color: "#00aaff",
      placeholder: "Ask Me Anything ...",
      starters: ["What?", "Why?"],
      language: "zh",
      feedback: true,
      citations: true,
      texts: {
        thinking: "Hang in there",
        outage: "Siesta",
        outOfQueries: "Out",
        noAnswer: "Nothing",
        tryAsking: "Try asking",
        sources: "Where from",
        terms: "https://terms.example/",
        disclosure: "I am a machine.",
      },
    });
    expect(JSON.stringify(profile)).not.toMatch("SECRET");
  });

  it("defaults for empty settings of any type", () => {
    expect(profileFrom({}, null)).toEqual(nothing);
    expect(profileFrom(null, undefined)).toEqual(nothing);
    const nulls = Object.fromEntries(Object.keys(full).map((name) => [name, null]));
    expect(profileFrom(nulls, {})).toEqual(nothing);
    const odd = Object.fromEntries(Object.keys(full).map((name) => [name, { x: [] }]));
    expect(profileFrom(odd, {})).toEqual({ ...nothing });
  });

  it("the project's name where the settings have no title", () => {
    expect(profileFrom({ chatbot_title: " " }, { project_name: "Project" }).title).toBe("Project");
  });

  it.each([
    [{ enable_citations: 0 }, { citations: false }],
    [{ enable_citations: "0" }, { citations: false }],
    [{ enable_citations: false }, { citations: false }],
    [{ enable_citations: "2" }, { citations: true }],
    [{ enable_feedbacks: 0 }, { feedback: false }],
    [{ enable_feedbacks: "false" }, { feedback: false }],
    [{ chatbot_avatar: "" }, { avatar: null }],
    [{ chatbot_avatar: "https://cdn.example/a.webm?x=1" }, { avatar: null }],
    [{ chatbot_avatar: "/a.png" }, { avatar: null }],
    [
      {
        spotlight_avatar_enabled: 0,
        spotlight_avatar: "https://c.example/s.png",
        spotlight_avatar_type: "image",
      },
      { launcherPicture: null },
    ],
    [
      {
        spotlight_avatar_enabled: 1,
        spotlight_avatar: "https://c.example/s.png",
        spotlight_avatar_type: "default",
      },
      { launcherPicture: null },
    ],
    [
      {
        spotlight_avatar_enabled: 1,
        spotlight_avatar: "https://c.example/s.png",
        spotlight_avatar_type: "image",
      },
      { launcherPicture: "https://c.example/s.png" },
    ],
    [{ example_questions: { 0: "a", 2: "b" } }, { starters: ["a", "b"] }],
    [
      { example_questions: Array.from({ length: 20 }, (_, index) => `${index}`) },
      { starters: ["0", "1", "2", "3", "4", "5", "6", "7"] },
    ],
  ])("%j", (settings, expected) => {
    expect(profileFrom(settings, {})).toMatchObject(expected);
  });

  it("starters of bounded length", () => {
    expect(profileFrom({ example_questions: ["x".repeat(500)] }, {}).starters[0]).toHaveLength(200);
  });

  it.each([
    ["#0af", "#00aaff"],
    ["#0AF8", "#00aaff"],
    [" #00AAFF ", "#00aaff"],
    ["#00aaff80", "#00aaff"],
    ["#00aaf", null],
    ["red", null],
    ["#ggg", null],
    ["#000;background:url(x)", null],
    [123, null],
  ])("colour %s is %s", (value, expected) => {
    expect(color(value)).toBe(expected);
  });

  it.each([
    ["en", "en"],
    ["pt-BR", "pt-BR"],
    ["pt_br", "pt-BR"],
    ["cmn", "zh"],
    ["yue", "yue"],
    ["zh-TW", "zh-TW"],
    ["iw", "he"],
    ["English", null],
    ["", null],
    ["x", null],
    ["en-<script>", null],
    [7, null],
  ])("language %s is %s", (value, expected) => {
    expect(language(value)).toBe(expected);
  });
});

function profileReader(answer: (path: string) => unknown) {
  const asked: string[] = [];
  const stale: string[] = [];
  const signals: AbortSignal[] = [];
  let now = 0;
  const read = createProfileReader({
    calls: {
      json: async (call: Call) => {
        const path = call.url.pathname.replace("/api/v1", "");
        asked.push(path);
        signals.push(call.signal);
        await new Promise((resolve) => setTimeout(resolve, 1));
        call.signal.throwIfAborted();
        return { status: "success", data: answer(path) };
      },
      open: () => Promise.reject(new Error("not asked for")),
    },
    addresses: createAddresses(new URL("https://up.example/api/v1")),
    clock: () => now,
    stale: (_, detail) => stale.push(detail),
  });
  return { read, asked, stale, signals, later: (ms: number) => (now += ms) };
}

const down = new UpstreamFailure("upstream-down", "500 Oh");

describe("fetching the profile", () => {
  const good = (path: string) => (path.endsWith("settings") ? {} : { project_name: "Project" });

  it("requests settings and name once for concurrent callers, and again after a minute", async () => {
    const { read, asked, later } = profileReader(good);
    const [one, two] = await Promise.all([read(5, never), read(5, never)]);
    await read(5, never);
    expect([one?.title, two?.title]).toEqual(["Project", "Project"]);
    expect(asked).toEqual(["/projects/5/settings", "/projects/5"]);
    later(60_001);
    await read(5, never);
    expect(asked).toHaveLength(4);
  });

  it("uses the cached profile during an outage of up to an hour, without a request each time", async () => {
    let broken = false;
    const { read, asked, stale, later } = profileReader((path) => {
      if (broken) throw down;
      return good(path);
    });
    await read(5, never);
    broken = true;
    later(60_001);
    expect((await read(5, never)).title).toBe("Project");
    expect((await read(5, never)).title).toBe("Project");
    expect(stale).toEqual(["500 Oh"]);
    expect(asked).toHaveLength(4);
    later(3_600_001);
    await expect(read(5, never)).rejects.toThrow("upstream-down");
  });

  it("uses no cached profile of a deleted agent", async () => {
    let gone = false;
    const { read, later } = profileReader((path) => {
      if (gone) throw new UpstreamFailure("agent-unavailable", "404 Agent with id 5 not found");
      return good(path);
    });
    await read(5, never);
    gone = true;
    later(60_001);
    await expect(read(5, never)).rejects.toThrow("agent-unavailable");
  });

  it.each(["agent-unavailable", "upstream-busy"] as const)(
    "is not requested for each opened page while the answer is %s",
    async (code) => {
      let refused = true;
      const { read, asked, later } = profileReader((path) => {
        if (refused) throw new UpstreamFailure(code, "refused");
        return good(path);
      });
      for (let page = 0; page < 5; page++) await expect(read(5, never)).rejects.toThrow(code);
      expect(asked).toHaveLength(2);
      refused = false;
      later(2001);
      expect((await read(5, never)).title).toBe("Project");
      refused = true;
      later(60_001);
      for (let page = 0; page < 5; page++) await read(5, never).catch(() => null);
      expect(asked).toHaveLength(6);
    },
  );

  it.each([
    ["null", null],
    ["an empty object", {}],
    ["PHP's empty object", []],
  ])("has defaults and the project's name, from settings that are %s", async (_, settings) => {
    const { read } = profileReader((path) =>
      path.endsWith("settings") ? settings : { project_name: "Project" },
    );
    expect(await read(5, never)).toEqual({ ...nothing, title: "Project" });
  });

  it("has defaults and no name when the project is empty too", async () => {
    expect(await profileReader(() => []).read(5, never)).toEqual(nothing);
  });

  it.each([
    ["a list", [1]],
    ["text", "none"],
    ["a number", 5],
  ])("is an error for settings that are %s", async (_, settings) => {
    await expect(profileReader(() => settings).read(5, never)).rejects.toThrow("upstream-down");
  });

  it("needs the project only when the settings have no title", async () => {
    const titled = { chatbot_title: "Moist" };
    const unnamed = (settings: object) => (path: string) => {
      if (path.endsWith("settings")) return settings;
      throw down;
    };
    expect((await profileReader(unnamed(titled)).read(5, never)).title).toBe("Moist");
    await expect(profileReader(unnamed({})).read(5, never)).rejects.toThrow("upstream-down");
  });

  it("a caller that aborts does not abort the shared call; the last one does", async () => {
    const { read, signals } = profileReader(good);
    const first = new AbortController();
    const second = new AbortController();
    const one = read(5, first.signal);
    const two = read(5, second.signal);
    first.abort(new Error("left"));
    await expect(one).rejects.toThrow("left");
    expect((await two).title).toBe("Project");
    const three = read(6, second.signal);
    second.abort(new Error("left too"));
    await expect(three).rejects.toThrow("left too");
    expect(signals.at(-1)?.aborted).toBe(true);
  });
});
