/** WebDriver client: one session, and the few commands that scenes need. */
import { object, parse, string, unknown } from "valibot";
import { eventually } from "./eventually.ts";

export type Session = {
  goTo(address: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  /** Evaluates an expression in the page. */
  evaluate(expression: string): Promise<unknown>;
  /** Clicks in the middle of the element that an expression finds. */
  click(expression: string): Promise<void>;
  /** Presses and releases keys one after the other, while others are held down. */
  keys(keys: readonly string[], held?: readonly string[]): Promise<void>;
  end(): Promise<void>;
};

const answer = object({ value: unknown() });
const failure = object({ error: string(), message: string() });
const session = object({ sessionId: string() });

export async function call(address: string, method: string, body?: unknown): Promise<unknown> {
  const response = await fetch(address, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const { value } = parse(answer, await response.json());
  if (response.ok) return value;
  const { error, message } = parse(failure, value);
  throw new Error(`WebDriver, ${new URL(address).pathname}: ${error}: ${message}`);
}

export async function beginSession(server: string, patience: number): Promise<Session> {
  const begun = await call(`${server}/session`, "POST", { capabilities: { alwaysMatch: {} } });
  const here = `${server}/session/${parse(session, begun).sessionId}`;
  const post = (command: string, body: unknown) => call(`${here}/${command}`, "POST", body);
  const run = (script: string) => post("execute/sync", { script, args: [] });

  return {
    goTo: async (url) => void (await post("url", { url })),
    reload: async () => void (await post("refresh", {})),
    back: async () => void (await post("back", {})),
    evaluate: (expression) => run(`return (${expression})`),
    click: (expression) =>
      eventually(patience, async () => {
        const found = await run(`return (${expression})`);
        if (typeof found !== "object" || found === null) throw new Error(`There is no ${expression}`);
        await post(`element/${String(Object.values(found)[0])}/click`, {});
      }),
    async keys(keys, held = []) {
      const down = (value: string) => ({ type: "keyDown", value });
      const up = (value: string) => ({ type: "keyUp", value });
      const presses = keys.flatMap((key) => [down(key), up(key)]);
      const actions = [...held.map(down), ...presses, ...held.map(up)];
      await post("actions", { actions: [{ type: "key", id: "keyboard", actions }] });
    },
    end: async () => void (await call(here, "DELETE")),
  };
}
