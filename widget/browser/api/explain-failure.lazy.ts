/** Explanation of why the proxy cannot be reached, and what the site's owner has to change. */
import { agentPattern, patterns } from "../../../proxy/protocol/paths.ts";
import { bare } from "../../builtins/bare.ts";
import { isJsonObject, parseJson } from "./json-object.ts";
import { refusalIn } from "./parse-responses.ts";

export type Reached = {
  /** The proxy's address, without a closing slash. */
  readonly proxy: string;
  readonly fetch: typeof fetch;
};

type Surroundings = {
  readonly location: { readonly href: string; readonly protocol: string };
  readonly origin: string;
  setTimeout(work: () => void, milliseconds: number): unknown;
};

export type Reason = {
  /** The message for the owner in the console. */
  readonly sentence: string;
  /** Whether the page or the proxy's settings have to change first, so that a retry is useless. */
  readonly isSettled: boolean;
};

/** Maximum of milliseconds until the browser reports that a policy of the page blocked a request. */
const reportTimeoutMs = 250;

/** Milliseconds until a request without a response counts as failed; a visitor may be waiting. */
const responseTimeoutMs = 10_000;

/** Repeats the request in ways that fail differently for each cause. Never rejects. */
export async function explain(
  { proxy, fetch: fetchNow }: Reached,
  agent: string,
  page: Surroundings,
): Promise<Reason> {
  // A sandboxed frame has a URL, but no origin.
  const { origin } = page;
  const { protocol } = page.location;
  const address = new URL(proxy, page.location.href).origin;
  const profileUrl = proxy + agentPattern.replace(":agent", encodeURIComponent(agent));
  async function ask(what: string, mode: RequestMode): Promise<Response> {
    const leaving = new AbortController();
    page.setTimeout(() => leaving.abort(), responseTimeoutMs);
    const { signal } = leaving;
    return fetchNow(what, bare<RequestInit>({ mode, credentials: "omit", cache: "no-store", signal }));
  }
  const read = () => ask(profileUrl, "cors");
  /** Whether any server answers there; a page can find that out even where it may not read the response. */
  const answers = async () => {
    await ask(proxy + patterns.widget, "no-cors");
    return true;
  };
  const never = () => null;

  const first = await underPolicy(read, address, page);
  if (first === "forbidden")
    return settled(
      `the page's Content-Security-Policy keeps the chat from its proxy: add ${address} to connect-src.`,
    );
  if (first) return reasonOf(first, proxy, agent, origin);
  if (!(await answers().catch(never)))
    return protocol === "https:" && proxy.startsWith("http:")
      ? settled(`a page on https: cannot read ${proxy}: the proxy needs https: as well.`)
      : passing(`nothing answers at ${proxy}: is the proxy running, and is this its address (data-proxy)?`);
  const second = await read().catch(never);
  if (second) return reasonOf(second, proxy, agent, origin);
  if (origin === "null")
    return settled(
      `${proxy} answers, but to no page without an origin, as in a sandboxed frame or from a file.`,
    );
  return settled(
    `${proxy} answers, but not to this page: add ${origin} to the proxy's ALLOWED_ORIGINS and restart it.`,
  );
}

const settled = (sentence: string): Reason => ({ sentence, isSettled: true });
const passing = (sentence: string): Reason => ({ sentence, isSettled: false });

/** Result of a request; null when it failed for another reason than the page's own policy. */
async function underPolicy(
  read: () => Promise<Response>,
  address: string,
  page: Surroundings,
): Promise<Response | "forbidden" | null> {
  let onViolation: (event: SecurityPolicyViolationEvent) => void = () => {};
  const isForbidden = new Promise<"forbidden">((resolve) => {
    onViolation = ({ blockedURI, disposition }) => {
      if (disposition === "enforce" && blockedURI.startsWith(address)) resolve("forbidden");
    };
  });
  document.addEventListener("securitypolicyviolation", onViolation);
  try {
    return await read();
  } catch {
    // The browser may report the violation after the failure.
    const isSilent = new Promise<null>((resolve) => page.setTimeout(() => resolve(null), reportTimeoutMs));
    return await Promise.race([isForbidden, isSilent]);
  } finally {
    document.removeEventListener("securitypolicyviolation", onViolation);
  }
}

async function reasonOf(response: Response, proxy: string, agent: string, origin: string): Promise<Reason> {
  const text = await response.text().catch(() => null);
  if (text === null) return passing(`${proxy} broke off its answer.`);
  const body = parseJson(text);
  const problem = refusalIn(body);
  if (response.ok && isJsonObject(body)) return passing(`${proxy} answered at the second try only.`);
  if (problem?.code === "not-found")
    return settled(
      `${proxy} knows no agent "${agent}": data-agent must be one of the names in its AGENTS setting.`,
    );
  if (problem?.code === "not-allowed")
    return settled(
      `the agent "${agent}" is not for this page: add ${origin} to its origins in the proxy's AGENT_ORIGINS.`,
    );
  if (problem)
    return passing(`${proxy} says of the agent "${agent}": ${problem.code}. Its log and /readyz say why.`);
  return settled(
    `what answers at ${proxy} is no proxy of this widget's (status ${response.status}): is data-proxy right?`,
  );
}
