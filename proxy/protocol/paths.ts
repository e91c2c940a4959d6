/** Paths of the proxy: patterns for its router, builders for the widget. */

/** Apart from the others, because the tag needs this one only. */
export const agentPattern = "/v1/agents/:agent";

export const patterns = {
  agent: agentPattern,
  conversations: "/v1/agents/:agent/conversations",
  messages: "/v1/conversations/:conversation/messages",
  turn: "/v1/conversations/:conversation/turns/:turn",
  feedback: "/v1/conversations/:conversation/messages/:message/feedback",
  conversation: "/v1/conversations/:conversation",
  picture: "/v1/pictures/:picture",
  healthy: "/healthz",
  ready: "/readyz",
  widget: "/widget.js",
  assets: "/assets/:file",
} as const;

/** The agent every proxy has. */
export const defaultAgent = "default";

type Names<Pattern extends string> = Pattern extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<`/${Rest}`>
  : Pattern extends `${string}:${infer Name}`
    ? Name
    : never;

/** Fills a pattern's names with percent-encoded values: `pathTo("turn", { conversation, turn })`. */
export function pathTo<Route extends keyof typeof patterns>(
  route: Route,
  values: Readonly<Record<Names<(typeof patterns)[Route]>, string>>,
): string {
  return patterns[route].replace(/:(\w+)/g, (_, name: keyof typeof values) =>
    encodeURIComponent(values[name]),
  );
}
