/** Tests of a new agent: found sitemaps, and a creation that is never sent twice. */
import { describe, expect, it } from "vitest";
import { AccountProblem } from "../account/account-problem.ts";
import type { AgentSummary } from "../account/account.ts";
import { createAgent } from "./create-agent.ts";
import { fakeAccount, fakeDeps } from "./testing/fake-deps.ts";

const site = "https://www.shop.example";
const sitemap = `${site}/sitemap.xml`;
const urls = '<?xml version="1.0"?><urlset xmlns="x"><url><loc>a</loc></url></urlset>';
const usage = () =>
  Promise.resolve({
    agents: { used: 1, limit: 10 },
    queries: { used: 5, limit: null },
    storage: { used: null, limit: null },
  });
const agent = (project: number, more: Partial<AgentSummary> = {}): AgentSummary => ({
  project,
  name: "shop.example",
  sitemap: null,
  isReady: false,
  ...more,
});
const unclear = () =>
  new AccountProblem("unclear", "CustomGPT.ai has not said what came of it.", "Run set-up again.");

/** Runs the step, and returns what was asked for. */
async function created(createFrom: string, pages: Readonly<Record<string, string>>) {
  const wanted: { name: string; sitemap: string }[] = [];
  const deps = fakeDeps({ createFrom }, pages);
  const account = fakeAccount({
    usage,
    create(each) {
      wanted.push(each);
      return Promise.resolve(agent(9));
    },
  });
  await createAgent(deps, account, []);
  return { wanted, shown: deps.shown() };
}

describe("the sitemap", () => {
  it.each<[string, string, Readonly<Record<string, string>>, string]>([
    ["is the one that is given", sitemap, {}, sitemap],
    ["is where sites usually have it", "www.shop.example", { [sitemap]: urls }, sitemap],
    [
      "is the one that robots.txt names",
      site,
      { [`${site}/robots.txt`]: `User-agent: *\nSitemap: ${site}/maps/all`, [`${site}/maps/all`]: urls },
      `${site}/maps/all`,
    ],
    [
      "is no page that pretends to be one",
      site,
      { [sitemap]: "<html>Not found</html>", [`${site}/wp-sitemap.xml`]: "<sitemapindex>" },
      `${site}/wp-sitemap.xml`,
    ],
    ["is left to the service where none is found from here", `${site}/`, {}, `${site}/`],
  ])("%s", async (_, given, pages, expected) => {
    expect((await created(given, pages)).wanted).toEqual([{ name: "shop.example", sitemap: expected }]);
  });

  it("of what is no web address ends in a sentence", async () => {
    await expect(created("my shop", {})).rejects.toThrow('"my shop" is no web address');
  });
});

it("an owner is told what the plan has left, before anything is made", async () => {
  const { shown } = await created(sitemap, {});
  expect(shown).toMatch(
    /Used of the plan: 1 of 10 agents, 5 questions this month\.\nAgent 9, "shop\.example", is made/,
  );
});

describe("when the service does not say what came of it", () => {
  const rig = (lists: AgentSummary[][]) => {
    const calls: string[] = [];
    const deps = fakeDeps({ createFrom: sitemap });
    const account = fakeAccount({
      usage,
      create() {
        calls.push("create");
        return Promise.reject(unclear());
      },
      agents() {
        calls.push("agents");
        return Promise.resolve(lists.shift() ?? []);
      },
    });
    return { calls, deps, account };
  };

  it("the new agent is looked for, and nothing is sent again", async () => {
    const { calls, deps, account } = rig([[agent(4)], [agent(9, { sitemap }), agent(4)]]);
    expect(await createAgent(deps, account, [agent(4)])).toMatchObject({ project: 9 });
    expect(calls).toEqual(["create", "agents", "agents"]);
  });

  it("and it is not there, the owner is told to run set-up again", async () => {
    const { calls, deps, account } = rig([]);
    await expect(createAgent(deps, account, [agent(4)])).rejects.toMatchObject({ mend: "Run set-up again." });
    expect(calls.filter((call) => call === "create")).toHaveLength(1);
  });
});

it("an agent of the same sitemap is used, and none is made beside it", async () => {
  const deps = fakeDeps({ createFrom: sitemap });
  expect(await createAgent(deps, fakeAccount({}), [agent(4, { sitemap })])).toMatchObject({ project: 4 });
  expect(deps.shown()).toContain("was made from this sitemap. It is used.");
});
