/** Scenes of an answer through all known and suspected behaviours of the service, for the proxy and for WordPress' relay alike. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Standin } from "../standin/standin.ts";
import { aboutHours, key, persona, type Pace } from "./bakery.ts";
import { messageOf, type Exchange } from "./exchange.ts";
import {
  faultNames,
  isLate,
  outcomeOf,
  outcomes,
  type CitationFault,
  type ListFault,
  type ProfileFault,
} from "./contract-outcomes.ts";
import { answerOf, readEvents, readRefusal } from "./read-events.ts";

/** A place that speaks the protocol, with a service of its own behind it. */
export type ContractPlace = Exchange & {
  /** Before its paths. */
  address: string;
  standin: Standin;
  close(): Promise<void>;
  /** Whether it says that it can answer, where it says so. */
  isReady?: () => Promise<boolean>;
};

/** How a place is opened. */
export type Opening = {
  pace?: Pace;
  /** Whether it waits for a silent service for a moment only; on a busy machine others may take seconds. */
  isImpatient?: boolean;
};

/** `open` opens another place for each scene; several may be open at once where the scenes are concurrent. */
export type ContractOptions = { open: (given?: Opening) => Promise<ContractPlace>; isConcurrent: boolean };

/** Nothing that is upstream's alone may be in what a browser gets. */
async function withoutSecrets(response: Response): Promise<Response> {
  const text = `${JSON.stringify([...response.headers])}${await response.clone().text()}`;
  for (const session of text.matchAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g))
    expect(session[0]).toBe(response.headers.get("x-request-id"));
  // Our own ids are random letters, among which any word may stand.
  const readable = text.replace(/[\w.-]{40,}/g, "");
  expect(readable).not.toMatch(/persona|user_ip|set-cookie|stack|laravel|api\/v1|\/projects\//i);
  for (const secret of [key, persona]) expect(text).not.toContain(secret);
  return response;
}

export function playContract({ open, isConcurrent }: ContractOptions): void {
  let bakery: ContractPlace;
  let whole: string;

  beforeAll(async () => {
    bakery = await open();
    whole = (await bakery.ask(aboutHours)).text;
  });
  afterAll(() => bakery.close());
  beforeEach(() => {
    bakery.standin.faults.allOff();
    bakery.standin.seen.clear();
  });

  it("the reference answer for all comparisons is complete", async () => {
    const { text, events } = await bakery.ask(aboutHours);
    expect(text).toContain("seven o’clock — every day but Monday");
    expect(events.find(({ event }) => event === "citations")?.data).toEqual([
      {
        id: "1",
        title: "Opening hours",
        url: "https://bakery.example/hours",
        description: null,
        image: null,
      },
    ]);
    expect(messageOf(events)).toMatch(/^[\w-]+$/);
  });

  describe("an answer", () => {
    // Each with a service of its own, side by side: some of them take the proxy seconds to give up on.
    it.each(faultNames.map((name) => [name, outcomes[name]] as const))(
      "through %s is %j",
      { concurrent: isConcurrent, timeout: 20_000 },
      async (name, outcome) => {
        const other = await open({ isImpatient: name.startsWith("stalled") });
        other.standin.faults.on(name, { call: "send" });
        const response = await withoutSecrets(await other.start(aboutHours));
        const found = await outcomeOf(response, whole);
        expect(isLate(found, outcome) ? outcome : found).toEqual(outcome);
        expect(other.standin.seen.count("send")).toBe(1);
        await other.close();
      },
    );

    it("that is refused has its wait in the header too", async () => {
      bakery.standin.faults.on("throttled", { call: "send" });
      const response = await bakery.start(aboutHours, undefined, { accept: "application/json" });
      expect([response.status, response.headers.get("retry-after")]).toEqual([503, "2"]);
    });
  });

  describe("sources", () => {
    const cases: Record<CitationFault, unknown> = {
      "citation-missing": undefined,
      "citation-without-url": [expect.objectContaining({ title: "Opening hours", url: null })],
      "citation-javascript-url": [
        expect.objectContaining({ title: "Opening hours", url: null, image: null }),
      ],
      "citation-empty": [expect.objectContaining({ url: null, description: null, image: null })],
    };
    const names = Object.keys(cases).filter((name): name is CitationFault => Object.hasOwn(cases, name));

    it.each(names)(
      "through %s leave the answer whole and hold no address that a visitor could not open",
      async (name) => {
        const other = await open();
        other.standin.faults.on(name);
        const events = await readEvents(await withoutSecrets(await other.start(aboutHours)));
        expect(answerOf(events)).toBe(whole);
        expect(events.at(-1)?.event).toBe("done");
        expect(events.find(({ event }) => event === "citations")?.data).toEqual(cases[name]);
        await other.close();
      },
    );
  });

  describe("the agent's profile", () => {
    it.each(["settings-2023", "settings-nulls", "settings-zero-one"] satisfies ProfileFault[])(
      "can be drawn through %s",
      async (name) => {
        const other = await open();
        other.standin.faults.on(name);
        const profile: unknown = await (
          await withoutSecrets(await other.send("GET", "/v1/agents/default"))
        ).json();
        expect(profile).toMatchObject({ agent: "default", longestPrompt: 4000 });
        expect(profile).toHaveProperty("title", expect.stringMatching(/bakery/i));
        await other.close();
      },
    );

    it.each([
      ["unauthorized", "agent-unavailable"],
      ["bad-gateway", "upstream-down"],
      ["leaking", "upstream-down"],
      ["stalled-before-headers", "upstream-down"],
    ] as const)("through %s is refused as %s, and the place is not ready", async (name, code) => {
      const other = await open({ isImpatient: name.startsWith("stalled") });
      other.standin.faults.on(name);
      const refusal = await readRefusal(await withoutSecrets(await other.send("GET", "/v1/agents/default")));
      expect(refusal.code).toBe(code);
      expect(await other.isReady?.()).not.toBe(true);
      await other.close();
    });
  });

  describe("a conversation that cannot begin", () => {
    it.each([
      ["unauthorized", "agent-unavailable"],
      ["throttled", "upstream-busy"],
      ["server-error", "upstream-down"],
      ["redirect", "upstream-down"],
    ] as const)("through %s is refused as %s, and nothing is sent", async (name, code) => {
      // One of its own each: a service that asked to be left alone for two seconds is.
      const other = await open();
      other.standin.faults.on(name, { call: "create-conversation" });
      expect((await readRefusal(await withoutSecrets(await other.start(aboutHours)))).code).toBe(code);
      expect(other.standin.seen.count("send")).toBe(0);
      expect(other.standin.seen.requests.every(({ path }) => path.startsWith("/api/v1/projects/"))).toBe(
        true,
      );
      await other.close();
    });
  });

  describe("the transcript", () => {
    it("is the same with dates as they come in lists", async () => {
      const answer = await bakery.ask(aboutHours);
      const plain: unknown = await (await bakery.within(answer, "GET", "/messages")).json();
      bakery.standin.faults.on("odd-dates" satisfies ListFault);
      const response = await withoutSecrets(await bakery.within(answer, "GET", "/messages"));
      expect(await response.json()).toEqual(plain);
    });
  });
}
