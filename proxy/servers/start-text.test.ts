/** What an operator reads at the start. */
import { expect, it } from "vitest";
import { readSettings } from "../settings/read-settings.ts";
import { startText } from "./start-text.ts";

function textFor(env: Record<string, string>, standin = true): string {
  const read = readSettings(env, () => "");
  if ("errors" in read) throw new Error(read.errors.join());
  const running = { base: new URL("http://127.0.0.1:8788/api/v1"), key: "1|toy" };
  return startText({
    proxy: { url: "http://127.0.0.1:8787", standin: standin ? running : null },
    settings: read.settings,
    hasWidget: standin,
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
      AGENTS: "help=43",
      ALLOWED_ORIGINS: "https://shop.example.com",
      PROXY_SECRET: "also-very-secret-and-long-enough-too",
    },
    false,
  );
  expect(text).toMatch(/Agent 42 of CustomGPT\.ai is answering/);
  expect(text).toContain('Agent 43 answers as "help"');
  expect(text).toContain("https://shop.example.com");
  expect(text).toContain("npm run build");
  expect(text).not.toMatch(/very-secret|stand-in|not survive/);
});
