/** Tests of the environment: right, wrong and nearly right values. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { settingTable } from "./table.ts";
import { readSettings } from "./read-settings.ts";
import { settingRows } from "./docs.ts";

const noFile = (path: string): string => {
  throw new Error(`no ${path}`);
};
const key = "1234|abcdefghijklmnopqrstuvwxyz0123456789ABCD";

function settingsOf(env: Record<string, string>, readFile = noFile) {
  const result = readSettings(env, readFile);
  if ("errors" in result) throw new Error(result.errors.join("\n"));
  return result;
}

function errorsOf(env: Record<string, string>, readFile = noFile): readonly string[] {
  const result = readSettings(env, readFile);
  return "errors" in result ? result.errors : [];
}

const pemOf = ({ publicKey }: { publicKey: KeyObject }) =>
  String(publicKey.export({ type: "spki", format: "pem" })).trim();

describe("an empty environment", () => {
  it("means this machine, no account and no foreign site", () => {
    const { settings, warnings } = settingsOf({});
    expect(settings).toMatchObject({
      apiKey: null,
      project: null,
      host: "127.0.0.1",
      port: 8787,
      allowedOrigins: [],
      trustProxy: 0,
      longestPrompt: 4000,
    });
    expect(settings.baseUrl.href).toBe("https://app.customgpt.ai/api/v1");
    expect(warnings).toEqual([]);
  });

  it("takes an empty variable for one that is not set", () => {
    expect(settingsOf({ PORT: "", CUSTOMGPT_API_KEY: " " }).settings).toMatchObject({
      port: 8787,
      apiKey: null,
    });
  });
});

describe("good values", () => {
  it("are read and tidied", () => {
    const { settings } = settingsOf({
      CUSTOMGPT_API_KEY: ` ${key}\n`,
      CUSTOMGPT_PROJECT_ID: "42",
      CUSTOMGPT_BASE_URL: "http://127.0.0.1:9000/api/v1/",
      AGENTS: "shop=123, help-desk=456",
      ALLOWED_ORIGINS: "https://Example.com:443,https://*.example.org, http://localhost:3000,",
      UPSTREAM_IDLE_SECONDS: "2.5",
      LOG_LEVEL: "WARN",
    });
    expect(settings.apiKey).toBe(key);
    expect(settings.baseUrl.href).toBe("http://127.0.0.1:9000/api/v1");
    expect([...settings.agents]).toEqual([
      ["shop", 123],
      ["help-desk", 456],
    ]);
    expect(settings.allowedOrigins).toEqual([
      "https://example.com",
      "https://*.example.org",
      "http://localhost:3000",
    ]);
    expect(settings.upstreamIdleSeconds).toBe(2.5);
    expect(settings.logLevel).toBe("warn");
  });

  it("of limits are rates for a minute, an hour or a day, or none at all", () => {
    const { settings } = settingsOf({ VISITOR_LIMIT: "5/minute, 40/Day", ADDRESS_LIMIT: "none" });
    expect(settings.visitorLimit).toEqual([
      { max: 5, seconds: 60 },
      { max: 40, seconds: 86_400 },
    ]);
    expect(settings.addressLimit).toEqual([]);
    expect(settingsOf({ DAY_BUDGET: "0" }).settings).toMatchObject({ dayBudget: 0, monthBudget: null });
  });

  it("may give an agent sites of its own, several and with a star", () => {
    const { settings } = settingsOf({
      CUSTOMGPT_API_KEY: key,
      CUSTOMGPT_PROJECT_ID: "42",
      AGENTS: "shop=123",
      AGENT_ORIGINS:
        "shop=https://Shop.example.com, default=https://example.com,shop=https://*.shop.example.org",
    });
    expect([...settings.agentOrigins]).toEqual([
      ["shop", ["https://shop.example.com", "https://*.shop.example.org"]],
      ["default", ["https://example.com"]],
    ]);
  });

  it("may be secrets that lie in files", () => {
    const files: Record<string, string> = { "/run/key": `${key}\n`, "/run/secret": "s".repeat(40) };
    const { settings } = settingsOf(
      { CUSTOMGPT_API_KEY_FILE: "/run/key", CUSTOMGPT_PROJECT_ID: "1", PROXY_SECRET_FILE: "/run/secret" },
      (path) => files[path] ?? noFile(path),
    );
    expect(settings.apiKey).toBe(key);
    expect(settings.proxySecret).toHaveLength(40);
  });
});

describe("a bad value stops the start with one line that names it and says what it takes", () => {
  it.each([
    ["PORT", "abc"],
    ["PORT", "65536"],
    ["CUSTOMGPT_PROJECT_ID", "12x"],
    ["CUSTOMGPT_BASE_URL", "http://api.example.com"],
    ["CUSTOMGPT_BASE_URL", "https://api.example.com/?x=1"],
    ["CUSTOMGPT_BASE_URL", "ftp://api.example.com"],
    ["AGENTS", "Shop=1"],
    ["AGENTS", "shop"],
    ["AGENTS", "shop=1,shop=2"],
    ["AGENTS", "default=1"],
    ["ALLOWED_ORIGINS", "*"],
    ["ALLOWED_ORIGINS", "https://*"],
    ["ALLOWED_ORIGINS", "https://*.com"],
    ["ALLOWED_ORIGINS", "https://a.*.example.com"],
    ["ALLOWED_ORIGINS", "http://*.example.com"],
    ["ALLOWED_ORIGINS", "example.com"],
    ["ALLOWED_ORIGINS", "null"],
    ["ALLOWED_ORIGINS", "https://example.com/"],
    ["ALLOWED_ORIGINS", "https://example.com/shop"],
    ["ALLOWED_ORIGINS", "https://user@example.com"],
    ["LOG_LEVEL", "loud"],
    ["TRUST_PROXY", "true"],
    ["AGENT_ORIGINS", "https://shop.example.com"],
    ["AGENT_ORIGINS", "shop=*"],
    ["RESPONSE_SOURCE", "my_content"],
    ["RESPONSE_SOURCE", "own_content,default"],
    ["RESPONSE_SOURCE", "shop=own_content,shop=default"],
    ["AGENT_CAPABILITY", "shop="],
    ["AGENT_ORIGINS", "Shop=https://shop.example.com"],
    ["AGENT_ORIGINS", "shop=https://shop.example.com/cart"],
    ["VISITOR_LIMIT", "20"],
    ["VISITOR_LIMIT", "20/second"],
    ["VISITOR_LIMIT", "20/minute,30/minute"],
    ["VISITOR_LIMIT", "0/minute"],
    ["DAY_BUDGET", "-1"],
    ["REDIS_AWAY", "allow"],
    ["LIMIT_MESSAGE", "x".repeat(301)],
    ["TURN_KEEP_SECONDS", "0"],
  ])("%s=%s", (name, value) => {
    const errors = errorsOf({ [name]: value });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(new RegExp(`^${name} [^\\n]+; it takes [^\\n]+\\.$`));
  });

  it("says why a star is refused", () => {
    expect(errorsOf({ ALLOWED_ORIGINS: "*" })[0]).toContain("every site spend your queries");
  });

  it("offers the origin of an address that is more than one", () => {
    expect(errorsOf({ ALLOWED_ORIGINS: "https://example.com/shop" })[0]).toContain(
      'try "https://example.com"',
    );
  });

  it("never prints a secret", () => {
    const lines = [
      ...errorsOf({ PROXY_SECRET: "short-but-secret" }),
      ...errorsOf({ CUSTOMGPT_API_KEY: "key with spaces", CUSTOMGPT_PROJECT_ID: "1" }),
      ...errorsOf({ CUSTOMGPT_BASE_URL: "https://user:pass-word@api.example.com" }),
    ];
    expect(lines).toHaveLength(3);
    expect(lines.join("\n")).not.toMatch(/short-but|with spaces|pass-word/);
  });

  it("says it when key and project are not both there", () => {
    expect(errorsOf({ CUSTOMGPT_API_KEY: key })[0]).toMatch(/^CUSTOMGPT_PROJECT_ID is not set/);
    expect(errorsOf({ CUSTOMGPT_PROJECT_ID: "1" })[0]).toMatch(/^CUSTOMGPT_API_KEY is not set/);
  });

  it("says it when a secret's file cannot be read, or the secret is given twice", () => {
    expect(errorsOf({ PROXY_SECRET_FILE: "/none" })[0]).toMatch(/cannot be read from the file/);
    expect(errorsOf({ PROXY_SECRET: "x", PROXY_SECRET_FILE: "/none" })[0]).toMatch(/given twice/);
  });

  it("says it when a secret's file is empty, and shows neither its path nor what else is in it", () => {
    expect(errorsOf({ PROXY_SECRET_FILE: "/run/secret" }, () => "\n")).toEqual([
      "PROXY_SECRET is empty in the file that PROXY_SECRET_FILE names; it takes at least 32 characters.",
    ]);
  });

  it.each(["PORT_FILE", "CUSTOMGPT_PROJECT_ID_FILE", "ALLOWED_ORIGINS_FILE"])(
    "says that %s is not read, rather than to start without the value its owner gave",
    (name) => {
      const secrets =
        "CUSTOMGPT_API_KEY, PROXY_SECRET, REDIS_URL, IDENTITY_SECRET, IDENTITY_PUBLIC_KEY, CONTACT_WEBHOOK, METRICS_TOKEN";
      const line = `${name} is set, but only ${secrets} can be read from a file; set ${name.slice(0, -5)} itself.`;
      expect(errorsOf({ [name]: "/run/secrets/value" })).toEqual([line]);
    },
  );

  it.each(["http://hooks.example.com/x", "https://me:word@hooks.example.com/", "ftp://127.0.0.1/", "hooks"])(
    "takes no webhook such as %s, and does not print it",
    (address) => {
      const [line] = errorsOf({ CONTACT_WEBHOOK: address });
      expect(line).toMatch(/^CONTACT_WEBHOOK has .* it takes an https address/);
      expect(line).not.toContain(address);
      expect(errorsOf({ CONTACT_WEBHOOK: "http://127.0.0.1:1234/x?token=y" })).toEqual([]);
      expect(errorsOf({ CONTACT_WEBHOOK: "https://hooks.example.com/x" })).toEqual([]);
    },
  );

  it("leaves a file variable alone that is empty, or of no setting", () => {
    expect(errorsOf({ PORT_FILE: " ", LESSONS_FILE: "/etc/x" })).toEqual([]);
  });

  it("does not show a key or a password that was put into the wrong variable", () => {
    const key = `1234|${"Ab3".repeat(16)}`;
    const lines = errorsOf({
      CUSTOMGPT_API_KEY: "1234",
      CUSTOMGPT_PROJECT_ID: key,
      AGENTS: `help=${key}`,
      CUSTOMGPT_BASE_URL: "redis://me:pass-word@cache.example.com",
    });
    expect(lines).toHaveLength(3);
    expect(lines.join()).not.toMatch(/Ab3|pass-word/);
    expect(lines[0]).toBe(
      'CUSTOMGPT_PROJECT_ID is "[a key]"; it takes a whole number from 1 to 999999999999999.',
    );
  });

  it("asks for the secret that instances share, without showing the address that holds a password", () => {
    const lines = errorsOf({ REDIS_URL: "redis://:pass-word@localhost" });
    expect(lines).toEqual([
      "PROXY_SECRET is not set but REDIS_URL is; it takes one long random text that all instances share.",
    ]);
    expect(errorsOf({ REDIS_URL: "http://:pass-word@localhost" }).join()).not.toContain("pass-word");
  });

  it("knows only agents that there are in the list of agents' own sites", () => {
    expect(errorsOf({ AGENT_ORIGINS: "shop=https://shop.example.com" })).toEqual([
      'AGENT_ORIGINS names the agent "shop", which is not in AGENTS; it takes agents that there are.',
    ]);
    expect(errorsOf({ AGENT_CAPABILITY: "default=optimal-choice,shop=complex-tasks" })).toEqual([
      'AGENT_CAPABILITY names the agent "shop", which is not in AGENTS; it takes agents that there are.',
    ]);
  });

  it("wants the key to an identity whose issuer or audience is said", () => {
    expect(errorsOf({ IDENTITY_ISSUER: "https://example.com" })[0]).toContain("set IDENTITY_SECRET");
    expect(errorsOf({ IDENTITY_AUDIENCE: "chat", IDENTITY_SECRET: "x".repeat(32) })).toEqual([]);
  });

  it("takes a public key in one line, as files of variables hold it", () => {
    const pem = pemOf(generateKeyPairSync("rsa", { modulusLength: 2048 }));
    const { settings } = settingsOf({ IDENTITY_PUBLIC_KEY: pem.replaceAll("\n", "\\n") });
    expect(settings.identityKey).toBe(pem);
  });

  it("refuses what is no public key, a weak one, and one of another kind, wherever settings are read", () => {
    const nonsense = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----";
    const weak = pemOf(generateKeyPairSync("rsa", { modulusLength: 1024 }));
    const other = pemOf(generateKeyPairSync("ec", { namedCurve: "P-256" }));
    for (const pem of [nonsense, weak, other])
      expect(errorsOf({ IDENTITY_PUBLIC_KEY: pem })).toEqual([
        `IDENTITY_PUBLIC_KEY has ${pem.length} characters (not shown) that do not fit; it takes an RSA public key of at least 2048 bits in PEM.`,
      ]);
  });

  it("takes one port for the metrics and another for the rest", () => {
    expect(errorsOf({ PORT: "9000", METRICS_PORT: "9000" })[0]).toMatch(/^METRICS_PORT is the same as PORT/);
  });
});

describe("hints", () => {
  it.each([
    ["CUSTOMGPT_APIKEY", "CUSTOMGPT_API_KEY"],
    ["CUSTOMGPT_PROJECTID", "CUSTOMGPT_PROJECT_ID"],
    ["ALLOWED_ORIGIN", "ALLOWED_ORIGINS"],
    ["PROXY_SECRETS", "PROXY_SECRET"],
  ])("asks whether %s was meant to be %s", (typo, meant) => {
    expect(settingsOf({ [typo]: "x" }).warnings).toEqual([
      `${typo} is not a setting; did you mean ${meant}?`,
    ]);
  });

  it("leaves the usual variables of a machine alone", () => {
    const usual = {
      PATH: "/bin",
      HOME: "/",
      HOSTNAME: "box",
      HTTP_PROXY: "x",
      NODE_ENV: "production",
      LOGNAME: "me",
    };
    expect(settingsOf(usual).warnings).toEqual([]);
  });
});

it("the reference's table has a row for every setting", () => {
  expect(settingRows().map(([name]) => name)).toEqual(
    Object.values(settingTable).map((setting) => `\`${setting.name}\``),
  );
});

it("the reference's table says of each secret, and of nothing else, that it may lie in a file", () => {
  const rows = settingRows().filter((row) => row.join().includes("Or, as a file:"));
  expect(rows.map(([name]) => name)).toEqual([
    "`CUSTOMGPT_API_KEY`",
    "`PROXY_SECRET`",
    "`REDIS_URL`",
    "`IDENTITY_SECRET`",
    "`IDENTITY_PUBLIC_KEY`",
    "`CONTACT_WEBHOOK`",
    "`METRICS_TOKEN`",
  ]);
  expect(rows[0]?.[3]).toMatch(/ Or, as a file: `CUSTOMGPT_API_KEY_FILE`\.$/);
});
