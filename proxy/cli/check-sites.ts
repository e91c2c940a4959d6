/** Check of which sites a deployed proxy allows: the owner's, and no other. */
import { pathTo } from "../protocol/paths.ts";
import { askAddress, describe, type Asked } from "./ask-address.ts";
import { ok, problem, warning, type Finding } from "./finding.ts";

/** A reserved name, which has no owner (RFC 2606). */
const foreign = "https://not-a-site-of-yours.invalid";

/** `origin` null: only a foreign one is tried. */
export async function checkSites(
  address: URL,
  { agent, origin, patience }: { agent: string; origin: string | null; patience: number },
): Promise<Finding[]> {
  const [refused, preflight] = await Promise.all([
    askAgent(foreign),
    askAddress(new URL(pathTo("conversations", { agent }), address), {
      method: "OPTIONS",
      headers: preflightHeaders(foreign),
      patience,
    }),
  ]);
  const found = [foreignFinding(refused, preflight)];
  if (origin === null)
    found.push(
      warning("your site", "Not looked at, since none was named.", "Add --origin https://www.example.com."),
    );
  else found.push(await ownFinding(origin));
  return found;

  function askAgent(from: string): Promise<Asked> {
    const headers = { origin: from, "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" };
    return askAddress(new URL(pathTo("agent", { agent }), address), { headers, patience });
  }

  async function ownFinding(site: string): Promise<Finding> {
    const agentRoute = await askAgent(site);
    const asked = await askAddress(new URL(pathTo("conversations", { agent }), address), {
      method: "OPTIONS",
      headers: preflightHeaders(site),
      patience,
    });
    if ("failed" in agentRoute || agentRoute.response.status === 403)
      return problem(
        "your site",
        `Pages of ${site} are refused: the agent ${describe(agentRoute)} to them.`,
        `Add ${site} to ALLOWED_ORIGINS or, where the agent has sites of its own, ${agent}=${site} to AGENT_ORIGINS, exactly so, and start the proxy again.`,
      );
    if (grant(agentRoute) !== site || grant(asked) !== site)
      return problem(
        "your site",
        `Browsers would not give pages of ${site} the answers: the headers that allow it are ${grant(agentRoute) === null || grant(asked) === null ? "missing" : `for ${grant(agentRoute) ?? grant(asked) ?? ""}`}.`,
        "Let the front server pass OPTIONS requests on, and neither take away nor add Access-Control headers.",
      );
    return ok("your site", `Pages of ${site} may ask.`);
  }
}

function foreignFinding(agentRoute: Asked, preflight: Asked): Finding {
  if ("failed" in agentRoute || "failed" in preflight)
    return problem(
      "other sites",
      `The proxy ${describe(agentRoute)}.`,
      "Look whether it runs behind this address.",
    );
  const isLetIn = [agentRoute, preflight].some((asked) => [foreign, "*"].includes(grant(asked) ?? ""));
  if (isLetIn)
    return problem(
      "other sites",
      "Pages of any site may use the proxy and spend your queries.",
      "Let the front server add no Access-Control-Allow-Origin header; the proxy sends the right one itself.",
    );
  if (agentRoute.response.status !== 403)
    return warning(
      "other sites",
      `A page of a foreign site is not refused: the proxy ${describe(agentRoute)}.`,
      "Let the front server pass the Origin header on unchanged.",
    );
  return ok("other sites", "Pages of other sites are refused.");
}

const grant = (asked: Asked): string | null =>
  "failed" in asked ? null : asked.response.headers.get("access-control-allow-origin");

const preflightHeaders = (origin: string) => ({
  origin,
  "access-control-request-method": "POST",
  "access-control-request-headers": "content-type",
});
