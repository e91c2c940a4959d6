/** Lua scripts by their digest, loaded into Redis once and again after it restarted. */
import type Client from "ioredis";
import type { Script } from "./redis.ts";

type RunScript = (script: Script, keys: readonly string[], values: (string | number)[]) => Promise<unknown>;

export function createScriptRunner(client: Client): RunScript {
  const digests = new Map<Script, Promise<string>>();

  /** Calls that arrive while a script is being loaded share the load; after a failure the next call loads it again. */
  function digestOf(script: Script): Promise<string> {
    const known = digests.get(script);
    if (known !== undefined) return known;
    const digest = client.script("LOAD", script.text).then(String);
    digests.set(script, digest);
    digest.catch(() => digests.delete(script));
    return digest;
  }

  return async (script, keys, values) => {
    try {
      return await client.evalsha(await digestOf(script), keys.length, ...keys, ...values);
    } catch (error) {
      // A restarted Redis has lost its scripts; a call refused for that reason has not run.
      if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
      return client.eval(script.text, keys.length, ...keys, ...values);
    }
  };
}
