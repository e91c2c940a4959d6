/** Proxy with the stand-in as its service, for the demo and for tests. */
import { startProxy, type ProxyStart, type RunningProxy } from "../node/start-proxy.ts";
import { startStandin, type RunningStandin } from "./start-standin.ts";

export type StandinStart = Omit<ProxyStart, "standin"> & {
  /**
   * Creates the stand-in's agent and returns its project id. `url` is the proxy's address, at which `site` already
   * answers.
   */
  agent: (standin: RunningStandin, url: string) => number | Promise<number>;
  /** Speed of the stand-in: milliseconds until its first word and between words. */
  pace?: { firstMs: number; everyMs: number };
};

export type ProxyWithStandin = RunningProxy & { standin: RunningStandin };

/** Rejects with a sentence for the operator when it cannot listen or its agent cannot be made. */
export async function startWithStandin({ agent, pace, ...start }: StandinStart): Promise<ProxyWithStandin> {
  const { port } = start.settings;
  let site = "";
  const standin = await startStandin(port && port + 1, pace, () => site);
  try {
    const proxy = await startProxy({
      ...start,
      async standin(url) {
        site = url;
        return { base: standin.base, key: standin.key, project: await agent(standin, url) };
      },
    });
    return {
      ...proxy,
      standin,
      async close(grace) {
        await proxy.close(grace);
        await standin.close();
      },
    };
  } catch (error) {
    await standin.close();
    throw error;
  }
}
