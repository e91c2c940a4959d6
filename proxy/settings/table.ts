/** Table of the environment settings; reading, types and REFERENCE.md follow from it. */
import { contactTable } from "./contact-settings.ts";
import { identityTable } from "./identity-settings.ts";
import { agentList, oneOf, originList, secret, serviceAddress, text, wholeNumber } from "./parsers.ts";
import { limitTable } from "./limit-settings.ts";
import { operatorTable } from "./operator-settings.ts";
import { secretSetting, setting, type SettingValues } from "./setting.ts";
import { turnTable } from "./turn-settings.ts";
import { upstreamTable } from "./upstream-settings.ts";

const key = secret("the key as CustomGPT.ai shows it, without spaces", (given) =>
  /^[!-~]{1,400}$/.test(given),
);
const longSecret = secret("at least 32 characters", (given) => given.length >= 32);
const projectId = wholeNumber(1, 999_999_999_999_999);

/** All settings. Times are seconds, sizes are bytes, unless the sentence says otherwise. */
export const settingTable = {
  apiKey: secretSetting(
    "CUSTOMGPT_API_KEY",
    key,
    "The key of your CustomGPT.ai account; it never leaves the proxy.",
  ),
  project: setting("CUSTOMGPT_PROJECT_ID", projectId, null, "The agent that answers, by its project id."),
  baseUrl: setting(
    "CUSTOMGPT_BASE_URL",
    serviceAddress,
    new URL("https://app.customgpt.ai/api/v1"),
    "Where CustomGPT.ai's API is.",
  ),
  agents: setting(
    "AGENTS",
    agentList,
    new Map<string, number>(),
    "More agents of the same account, as `alias=projectId` pairs with commas between them.",
  ),
  allowedOrigins: setting(
    "ALLOWED_ORIGINS",
    originList,
    [],
    "The sites whose pages may use the proxy; while none is listed, only pages of its own address may.",
  ),
  proxySecret: secretSetting(
    "PROXY_SECRET",
    longSecret,
    "Signs visitors' tokens and hides conversation ids; without it conversations do not survive a restart.",
  ),
  host: setting(
    "HOST",
    text("a host name or an IP address", /^[\w.:[\]-]{1,253}$/),
    "127.0.0.1",
    "The address to listen on; `0.0.0.0` stands for all addresses of the machine.",
  ),
  port: setting("PORT", wholeNumber(0, 65_535), 8787, "The port to listen on; 0 takes a free one."),
  trustProxy: setting(
    "TRUST_PROXY",
    wholeNumber(0, 10),
    0,
    "How many proxies of yours stand in front; their `X-Forwarded-…` headers are believed.",
  ),
  logLevel: setting(
    "LOG_LEVEL",
    oneOf(["fatal", "error", "warn", "info", "debug", "silent"]),
    "info",
    "How severe a line must be to be logged.",
  ),
  longestPrompt: setting(
    "LONGEST_PROMPT",
    wholeNumber(1, 50_000),
    4000,
    "The most characters a question may have.",
  ),
  largestBody: setting(
    "LARGEST_BODY",
    wholeNumber(1024, 10_000_000),
    65_536,
    "The most bytes a request's body may have.",
  ),
  ...upstreamTable,
  ...turnTable,
  ...limitTable,
  ...identityTable,
  ...contactTable,
  ...operatorTable,
} as const;

export type Settings = SettingValues<typeof settingTable>;
