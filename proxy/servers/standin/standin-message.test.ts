/** Tests of the text that an operator reads where the stand-in answers. */
import { describe, expect, it } from "vitest";
import { readSettings } from "../../settings/read-settings.ts";
import { standinAlarm, standinLines } from "./standin-message.ts";

const toy = { base: new URL("http://127.0.0.1:8788/api/v1"), key: "1|toy" };

function settingsOf(env: Record<string, string>) {
  const read = readSettings(env, () => "");
  if ("errors" in read) throw new Error(read.errors.join());
  return read;
}

describe("where a real site's visitors may be answered by the stand-in", () => {
  const alarm = (env: Record<string, string>, nodeEnv?: string, standin: unknown = toy) =>
    standinAlarm({ standin }, settingsOf(env).settings, nodeEnv);

  it.each([
    ["NODE_ENV is production", {}, "production"],
    ["HOST is 0.0.0.0", { HOST: "0.0.0.0" }, undefined],
    ["ALLOWED_ORIGINS is set", { ALLOWED_ORIGINS: "https://shop.example.com" }, undefined],
    ["AGENT_ORIGINS is set", { AGENT_ORIGINS: "default=https://shop.example.com" }, undefined],
  ])("the operator is told loudly, and why: %s", (reason, env, nodeEnv) => {
    expect(alarm(env, nodeEnv)).toMatch(
      new RegExp(`^WARNING: ${reason}, but no key is set: visitors get .*made-up agent.*CUSTOMGPT_API_KEY`),
    );
  });

  it("and shows no warning where it is only tried out, or where a key is set", () => {
    for (const host of ["127.0.0.1", "localhost", "::1"]) expect(alarm({ HOST: host })).toBeNull();
    expect(alarm({}, "development")).toBeNull();
    expect(alarm({ HOST: "0.0.0.0" }, "production", null)).toBeNull();
  });
});

describe("where the stand-in answers from a site that is tried", () => {
  it("the operator reads which site, and that a key that is set is not used", () => {
    expect(standinLines(toy, { host: "shop.test", hasKey: false }).join("\n")).toMatch(
      /answering from shop\.test: .*\nTo let your own agent answer, set CUSTOMGPT_API_KEY/,
    );
    expect(standinLines(toy, { host: "shop.test", hasKey: true }).join("\n")).toMatch(
      /The key that is set is not used; .* without --site/,
    );
  });

  it("the warning names the flag, and not a key that may be there", () => {
    const open = settingsOf({ HOST: "0.0.0.0" }).settings;
    const alarm = standinAlarm({ standin: toy }, open, undefined, { host: "shop.test", hasKey: true });
    expect(alarm).toMatch(
      /^WARNING: HOST is 0\.0\.0\.0, but --site is given: .* Start again without --site\.$/,
    );
  });
});
