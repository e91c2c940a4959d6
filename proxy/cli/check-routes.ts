/** Check of a deployed proxy's first responses to a browser, and of what it must not serve. */
import { pathTo, patterns } from "../protocol/paths.ts";
import { askAddress, describe, type Asked } from "./ask-address.ts";
import { ok, problem, warning, type Finding } from "./finding.ts";

export async function checkRoutes(address: URL, agent: string, patience: number): Promise<Finding[]> {
  const ask = (path: string) => askAddress(new URL(path, address), { patience });
  const [script, agentRoute, ready, metrics] = await Promise.all([
    ask(patterns.widget),
    ask(pathTo("agent", { agent })),
    ask(patterns.ready),
    ask("/metrics"),
  ]);
  return [
    widgetFinding(script),
    agentFinding(agentRoute, agent),
    readyFinding(ready),
    metricsFinding(metrics),
  ];
}

function widgetFinding(asked: Asked): Finding {
  if ("failed" in asked || asked.response.status !== 200)
    return problem(
      "widget.js",
      `/widget.js ${describe(asked)}.`,
      "Look whether the proxy runs behind this address, with the folder dist/widget beside dist/proxy.",
    );
  const { headers } = asked.response;
  if (!/^(text|application)\/javascript\b/.test(headers.get("content-type") ?? ""))
    return problem(
      "widget.js",
      `/widget.js comes as ${headers.get("content-type") ?? "nothing known"}, which browsers refuse to run.`,
      "Let the front server pass all paths of this name on to the proxy, instead of serving pages of its own.",
    );
  const lost = [
    "access-control-allow-origin",
    "cross-origin-resource-policy",
    "x-content-type-options",
  ].filter((name) => !headers.has(name));
  if (lost.length > 0)
    return warning(
      "widget.js",
      `/widget.js comes without ${lost.join(", ")}.`,
      "Let the front server keep the proxy's response headers.",
    );
  if (/immutable|max-age=\d{6,}/.test(headers.get("cache-control") ?? ""))
    return warning(
      "widget.js",
      "Something in front tells browsers to keep /widget.js for days, so that a new version comes late.",
      "Let the front server keep the proxy's Cache-Control.",
    );
  return ok("widget.js", "The widget is served as the proxy means it.");
}

function agentFinding(asked: Asked, agent: string): Finding {
  if (!("failed" in asked) && asked.response.status === 200 && asked.body.includes('"title"'))
    return ok("agent", `The agent "${agent}" shows its profile.`);
  if (!("failed" in asked) && asked.response.status === 404)
    return problem("agent", `There is no agent "${agent}".`, "Name it in AGENTS, or leave out --agent.");
  return problem(
    "agent",
    `The agent "${agent}" ${describe(asked)}.`,
    "The proxy's log says why; with the proxy's settings in the environment, this command says it too.",
  );
}

function readyFinding(asked: Asked): Finding {
  if (!("failed" in asked) && asked.response.status === 200)
    return ok("readyz", "The proxy takes questions.");
  const redisIsAway = "body" in asked && asked.body.includes('"redis":"away"');
  return problem(
    "readyz",
    `/readyz ${describe(asked)}: the proxy takes no new questions${redisIsAway ? ", because Redis is away" : ""}.`,
    redisIsAway
      ? "Start Redis, or let the proxy reach it at REDIS_URL."
      : "Wait if it is just starting or stopping; else its log says what is wrong with the agent.",
  );
}

function metricsFinding(asked: Asked): Finding {
  if ("failed" in asked || asked.response.status !== 200 || !asked.body.includes("customgpt_widget"))
    return ok("metrics", "Measurements are not shown to strangers.");
  return problem(
    "metrics",
    "Anybody can read /metrics.",
    "Let the front server not pass METRICS_PORT on, nor add METRICS_TOKEN to requests.",
  );
}
