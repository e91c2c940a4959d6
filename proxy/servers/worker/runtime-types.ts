/** Types of workerd (the runtime of Cloudflare Workers), as far as the worker uses it. */

/** Storage of a Durable Object. What is put is durable before any later message leaves the object (its output gate). */
export type ObjectStorage = {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<boolean>;
  list(options: { prefix: string }): Promise<Map<string, unknown>>;
};

export type ObjectState = {
  storage: ObjectStorage;
  /** Lets no request in until the work is done. */
  blockConcurrencyWhile(work: () => Promise<void>): Promise<void>;
};

type ObjectNamespace = {
  idFromName(name: string): unknown;
  get(id: unknown): { fetch(request: Request): Promise<Response> };
};

/** Text bindings are settings; the one other binding is where the proxy lives. */
export type WorkerBindings = { readonly PROXY: ObjectNamespace } & Readonly<Record<string, unknown>>;

/** The bindings that are text. */
export function settingsIn(bindings: WorkerBindings): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(bindings)) if (typeof value === "string") texts[name] = value;
  return texts;
}

/**
 * The visitor's network address, from sources that visitors cannot write: workerd's `cf.clientIp` (with the port) or,
 * on Cloudflare's edge (known by `cf.colo`), the `cf-connecting-ip` header, which the edge sets.
 */
export function peerAddress(request: Request & { cf?: unknown }): string | undefined {
  const { cf } = request;
  if (typeof cf !== "object" || cf === null) return undefined;
  if ("clientIp" in cf && typeof cf.clientIp === "string") return cf.clientIp;
  if ("colo" in cf) return request.headers.get("cf-connecting-ip") ?? undefined;
  return undefined;
}

/** A response whose body is encoded already: the runtime would encode it once more. */
export function asEncoded(response: Response): Response {
  if (!response.headers.has("content-encoding") || response.body === null) return response;
  const { status, headers } = response;
  const init: ResponseInit & { encodeBody: "manual" } = { status, headers, encodeBody: "manual" };
  return new Response(response.body, init);
}
