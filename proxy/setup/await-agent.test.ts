/** Tests of the wait for an agent: what an owner sees, and how it ends when the agent is never ready or the service fails. */
import { expect, it } from "vitest";
import { AccountProblem } from "../account/account-problem.ts";
import type { AgentSummary } from "../account/account.ts";
import { awaitAgent } from "./await-agent.ts";
import { fakeAccount, fakeDeps } from "./testing/fake-deps.ts";

const agent: AgentSummary = { project: 7, name: "Shop", sitemap: null, isReady: false };
const down = () =>
  new AccountProblem("down", "CustomGPT.ai has a fault just now.", "Try again in some minutes.");

it("tells how many pages are read, until the agent can answer", async () => {
  const deps = fakeDeps({});
  let asked = 0;
  const account = fakeAccount({
    progress: () => Promise.resolve({ isReady: ++asked > 20, found: 40, read: asked }),
  });
  expect(await awaitAgent(deps, account, agent)).toBe(true);
  expect(deps.shown()).toMatch(
    /reads the pages \(\d+ of 40\)\n(.*\n)*The agent can answer; it has read 21 pages\.\n$/,
  );
});

it("of an agent that is never ready ends after a while, with words, and set-up goes on", async () => {
  const deps = fakeDeps({});
  const account = fakeAccount({
    progress: () => Promise.resolve({ isReady: false, found: null, read: null }),
  });
  expect(await awaitAgent(deps, account, agent)).toBe(false);
  expect(deps.shown()).toMatch(/still reading.*go on meanwhile\.\n$/);
});

it("survives some failures of the service in a row, and no more", async () => {
  let asked = 0;
  const failing = (times: number) =>
    fakeAccount({
      progress: () =>
        ++asked % (times + 1) === 0 && asked > times
          ? Promise.resolve({ isReady: asked > 12, found: 1, read: 1 })
          : Promise.reject(down()),
    });
  expect(await awaitAgent(fakeDeps({}), failing(4), agent)).toBe(true);
  asked = 0;
  await expect(awaitAgent(fakeDeps({}), failing(5), agent)).rejects.toThrow("has a fault just now");
});

it("is left out where nobody wants to wait", async () => {
  const deps = fakeDeps({ wait: false });
  expect(await awaitAgent(deps, fakeAccount({}), agent)).toBe(false);
  expect(deps.shown()).toContain("Agent 7 still reads its pages");
});
