/** Control routes of the stand-in, beside upstream's: switch faults and count requests from other processes. */
import type { Hono } from "hono";
import * as v from "valibot";
import { calls } from "../wire/calls.ts";
import { plain } from "../wire/envelope.ts";
import { elsewhere } from "../faults/fault-answers.ts";
import { isFaultName } from "../wire/fault-names.ts";
import type { Stage } from "./route.ts";
import type { StandinContext } from "../context.ts";

const Switch = v.strictObject({
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  call: v.optional(v.picklist(calls)),
});

export function controlRoutes(app: Hono<Stage>, { faults, seen }: StandinContext): void {
  app.get("/standin/faults", () => plain({ faults: faults.list() }));

  app.put("/standin/faults/:name", (context) => {
    const name = context.req.param("name");
    if (!isFaultName(name)) return plain({ error: `no fault is called ${name}` }, 404);
    const options = v.safeParse(Switch, readSwitch(context.env.bytes));
    if (!options.success) {
      return plain(
        { error: 'the body is {"times"?: a whole number above 0, "call"?: a call\'s name}', calls },
        400,
      );
    }
    faults.on(name, options.output);
    return plain({ faults: faults.list().filter((fault) => fault.on) });
  });

  app.delete("/standin/faults/:name", (context) => {
    const name = context.req.param("name");
    if (!isFaultName(name)) return plain({ error: `no fault is called ${name}` }, 404);
    faults.off(name);
    return plain({ faults: faults.list().filter((fault) => fault.on) });
  });

  app.delete("/standin/faults", () => {
    faults.allOff();
    return plain({ faults: [] });
  });

  app.get("/standin/seen", () => plain({ requests: seen.requests, streams: seen.streams }));

  app.delete("/standin/seen", () => {
    seen.clear();
    return plain({ requests: [] });
  });

  app.all(elsewhere, () => plain({ data: {}, status: "success" }));
}

/** No body at all means: until switched off. */
function readSwitch(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes).trim();
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
