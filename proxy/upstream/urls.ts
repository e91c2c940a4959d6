/** URLs of the upstream API; an id is checked each time it becomes part of a path. */
import { UpstreamFailure } from "./errors.ts";

export type Addresses = ReturnType<typeof createAddresses>;

/** Upstream returns UUIDs; every other id that it may return must be harmless in a path. */
const sessionShape = /^[A-Za-z0-9_-]{1,128}$/;

export function isSession(value: unknown): value is string {
  return typeof value === "string" && sessionShape.test(value);
}

export function createAddresses(base: URL) {
  const root = base.origin + base.pathname.replace(/\/+$/, "");

  function at(path: string, query: Readonly<Record<string, string>> = {}): URL {
    const url = new URL(root + path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }

  const projectPath = (project: number) => `/projects/${integer(project, "agent-unavailable")}`;
  const conversationPath = (project: number, session: string) => {
    if (!isSession(session)) throw new UpstreamFailure("not-found", "a session id of a wrong shape");
    return `${projectPath(project)}/conversations/${session}`;
  };

  return {
    project: (project: number) => at(projectPath(project)),
    settings: (project: number) => at(`${projectPath(project)}/settings`),
    conversations: (project: number) => at(`${projectPath(project)}/conversations`),
    conversation: (project: number, session: string) => at(conversationPath(project, session)),
    messages: (project: number, session: string, query: Readonly<Record<string, string>>) =>
      at(`${conversationPath(project, session)}/messages`, query),
    feedback: (project: number, session: string, message: number) =>
      at(`${conversationPath(project, session)}/messages/${integer(message, "not-found")}/feedback`),
    citation: (project: number, citation: number) =>
      at(`${projectPath(project)}/citations/${integer(citation, "not-found")}`),
  };
}

function integer(value: number, code: "agent-unavailable" | "not-found"): string {
  if (Number.isSafeInteger(value) && value >= 0) return String(value);
  throw new UpstreamFailure(code, "an id that is no whole number");
}
