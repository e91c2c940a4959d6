/** Tests of the text that an operator reads at the start. */
import { describe, expect, it } from "vitest";
import { readSettings } from "../../settings/read-settings.ts";
import type { CheckedAgent } from "../check-agents.ts";
import { standinLines } from "../standin/standin-message.ts";
import { startText } from "./startup-message.ts";

const toy = { base: new URL("http://127.0.0.1:8788/api/v1"), key: "1|toy" };

function settingsOf(env: Record<string, string>) {
  const read = readSettings(env, () => "");
  if ("errors" in read) throw new Error(read.errors.join());
  return read;
}

/** Without agents the stand-in is answering. */
function textFor(env: Record<string, string>, agents: readonly CheckedAgent[] = []): string {
  const read = settingsOf(env);
  const withStandin = agents.length === 0;
  return startText({
    proxy: { url: "http://127.0.0.1:8787", metricsUrl: null },
    settings: read.settings,
    agents,
    standin: withStandin ? standinLines(toy) : [],
    hasWidget: withStandin,
    warnings: read.warnings,
  }).join("\n");
}

it("without a key it says that the stand-in answers, and how to change that", () => {
  const text = textFor({ CUSTOMGPT_APIKEY: "x" });
  expect(text).toContain("http://127.0.0.1:8787");
  expect(text).toMatch(/no key is set.*stand-in is answering/i);
  expect(text).toMatch(/CUSTOMGPT_API_KEY and CUSTOMGPT_PROJECT_ID/);
  expect(text).toMatch(/set ALLOWED_ORIGINS/);
  expect(text).toMatch(/conversations will not survive a restart/);
  expect(text).toMatch(/did you mean CUSTOMGPT_API_KEY\?/);
});

it("with a key it says which agents answer and which sites may ask, and shows no secret", () => {
  const text = textFor(
    {
      CUSTOMGPT_API_KEY: "5|very-secret",
      CUSTOMGPT_PROJECT_ID: "42",
      AGENTS: "help=43,new=44",
      ALLOWED_ORIGINS: "https://shop.example.com",
      PROXY_SECRET: "also-very-secret-and-long-enough-too",
    },
    [
      { alias: "default", project: 42, trouble: null, isReady: true },
      { alias: "help", project: 43, trouble: "It is asleep (404)", isReady: true },
      { alias: "new", project: 44, trouble: null, isReady: false },
    ],
  );
  expect(text).toMatch(/Agent 42 of CustomGPT\.ai is answering, at https:/);
  expect(text).toContain('Agent 43 is NOT answering as "help". It is asleep (404).');
  expect(text).toContain('Agent 44 of CustomGPT.ai still reads its pages as "new"; it answers once it has');
  expect(text).toContain("https://shop.example.com");
  expect(text).toContain("npm run build");
  expect(text).not.toMatch(/very-secret|stand-in|not survive/);
});

describe("which sites may ask", () => {
  it("is told for agents that have sites of their own", () => {
    const text = textFor({
      CUSTOMGPT_API_KEY: "5|very-secret",
      CUSTOMGPT_PROJECT_ID: "42",
      AGENTS: "shop=43",
      ALLOWED_ORIGINS: "https://www.example.com",
      AGENT_ORIGINS: "shop=https://shop.example.com,shop=https://*.example.org",
    });
    expect(text).toContain(
      'Sites that may use the agent "shop", besides its own pages: https://shop.example.com, https://*.example.org',
    );
    expect(text).toContain(
      "Sites that may use the other agents, besides its own pages: https://www.example.com",
    );
  });

  it("is not denied where each agent has sites of its own, and asked for where one has none", () => {
    const own = { AGENT_ORIGINS: "default=https://www.example.com" };
    expect(textFor(own)).toContain("https://www.example.com");
    expect(textFor(own)).not.toMatch(/Only pages from its own address/);
    const two = { ...own, CUSTOMGPT_API_KEY: "5|very-secret", CUSTOMGPT_PROJECT_ID: "42", AGENTS: "help=43" };
    expect(textFor(two)).toMatch(
      /Only pages from its own address may use the other agents; set ALLOWED_ORIGINS/,
    );
  });
});

describe("limits by address", () => {
  const site = { ALLOWED_ORIGINS: "https://www.example.com" };

  it("are told to count all visitors as one where only a server in front can be reached and is not believed", () => {
    expect(textFor(site)).toMatch(/Warning: .*TRUST_PROXY is 0.*share the limits of one address/);
  });

  it("are nothing to warn of with TRUST_PROXY, on all addresses, or on one's own machine", () => {
    for (const env of [
      { ...site, TRUST_PROXY: "1" },
      { ...site, HOST: "0.0.0.0" },
      { ALLOWED_ORIGINS: "http://localhost:3000" },
      {},
    ])
      expect(textFor(env)).not.toContain("TRUST_PROXY");
  });
});
