/** Scenarios with every service: the stand-in, and CustomGPT.ai itself when a key is set. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startProxy } from "./servers/node/start-proxy.ts";
import { readSettings } from "./settings/read-settings.ts";
import { aboutHours, openBakery } from "./testing/bakery.ts";
import { createExchange, type Exchange } from "./testing/exchange.ts";
import { scenarios } from "./testing/service-scenarios.ts";

type Service = {
  name: string;
  question: string;
  open: () => Promise<{ proxy: Exchange; close(): Promise<void> }>;
};

const services: Service[] = [
  {
    name: "the stand-in",
    question: aboutHours,
    async open() {
      const bakery = await openBakery();
      return { proxy: bakery, close: () => bakery.close() };
    },
  },
];

const environment = process.env;
if (environment["CUSTOMGPT_API_KEY"] && environment["CUSTOMGPT_PROJECT_ID"])
  services.push({
    name: "the real service",
    question: environment["CUSTOMGPT_QUESTION"] ?? "What can you help me with?",
    async open() {
      const read = readSettings({ ...environment, PORT: "0", HOST: "127.0.0.1" }, () => "");
      if ("errors" in read) throw new Error(read.errors.join("\n"));
      const quiet = () => {};
      const running = await startProxy({
        settings: read.settings,
        files: new Map(),
        log: { info: quiet, warn: quiet, error: quiet },
      });
      return { proxy: createExchange(running.url), close: () => running.close(0) };
    },
  });

describe.each(services)("with $name", ({ open, question }) => {
  let service: Awaited<ReturnType<Service["open"]>>;
  beforeAll(async () => {
    service = await open();
  });
  afterAll(() => service.close());

  it.each(scenarios)(
    "$name",
    async ({ run }) => {
      expect.hasAssertions();
      await run(service.proxy, question);
    },
    120_000,
  );
});
