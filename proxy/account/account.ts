/** The owner's account at CustomGPT.ai, for set-up and the start only: its agents, its plan, a new agent. */
import { fields, firstText, flag, id, listIn } from "../upstream/parse.ts";
import { AccountProblem } from "./account-problem.ts";
import { type AccountOptions, createAccountCall } from "./call-account.ts";

export type AgentSummary = {
  /** Its project id. */
  project: number;
  name: string;
  /** The address of the sitemap that it was made from; null where the service does not say. */
  sitemap: string | null;
  /** Whether it can answer; false while it still reads its pages. */
  isReady: boolean;
};

/** An agent as a line for owners. */
export const describeAgent = ({ project, name, isReady }: AgentSummary) =>
  `${project}  ${name} (${isReady ? "ready" : "still reading its pages"})`;

/** Used and allowed; null where the service does not say. */
type Share = { used: number | null; limit: number | null };
export type Usage = { agents: Share; queries: Share; storage: Share };

/** Pages found and read so far; null where the service does not say. */
type Progress = { isReady: boolean; found: number | null; read: number | null };

/** Every call that is not aborted rejects with an `AccountProblem` and nothing else. */
export type Account = {
  /** All agents of the account, newest first. */
  agents(signal: AbortSignal): Promise<AgentSummary[]>;
  usage(signal: AbortSignal): Promise<Usage>;
  /** Sent once. Rejects with the kind `unclear` when it may have been made nevertheless. */
  create(wanted: { name: string; sitemap: string }, signal: AbortSignal): Promise<AgentSummary>;
  progress(project: number, signal: AbortSignal): Promise<Progress>;
  /** Ends all open connections. */
  close(): Promise<void>;
};

/** Ten agents a page; a longer list, or one that never ends, is cut here. */
const maxPages = 200;

export function createAccount(options: AccountOptions): Account {
  const call = createAccountCall(options);

  async function agents(signal: AbortSignal): Promise<AgentSummary[]> {
    const found = new Map<number, AgentSummary>();
    for (let page = 1; page <= maxPages; page++) {
      const data = await call({ path: `/projects?page=${page}&order=desc&orderBy=id`, signal });
      const before = found.size;
      // A list without pages is taken too.
      for (const each of listIn(fields(data)?.["data"]) ?? listIn(data) ?? []) {
        const agent = summaryOf(each);
        if (agent && !found.has(agent.project)) found.set(agent.project, agent);
      }
      const hasNext = firstText(fields(data)?.["next_page_url"]) !== null;
      if (!hasNext || found.size === before) break;
    }
    return [...found.values()];
  }

  return {
    agents,
    async usage(signal) {
      const data = fields(await call({ path: "/limits/usage", signal })) ?? {};
      const share = (used: string, limit: string) => ({ used: id(data[used]), limit: id(data[limit]) });
      return {
        agents: share("current_projects_num", "max_projects_num"),
        queries: share("current_queries", "max_queries"),
        storage: share("current_total_storage_credits", "max_total_storage_credits"),
      };
    },
    async create({ name, sitemap }, signal) {
      const body = { project_name: name, sitemap_path: sitemap };
      const agent = summaryOf(await call({ path: "/projects", body, signal }));
      if (agent) return agent;
      throw new AccountProblem(
        "unclear",
        "CustomGPT.ai took the order without naming the new agent.",
        "Run set-up again: it looks for the new agent first, and makes none twice.",
      );
    },
    async progress(project, signal) {
      const agent = summaryOf(await call({ path: `/projects/${project}`, signal }));
      const stats =
        fields(await call({ path: `/projects/${project}/stats`, signal }).catch(ignoreMissing)) ?? {};
      return {
        isReady: agent?.isReady ?? false,
        found: id(stats["pages_found"]),
        read: id(stats["pages_indexed"]) ?? id(stats["pages_crawled"]),
      };
    },
    close: () => options.transport.close(),
  };
}

/** Numbers of pages are a comfort: an agent whose statistics fail is waited for all the same. */
function ignoreMissing(error: unknown): null {
  if (error instanceof AccountProblem && (error.kind === "down" || error.kind === "missing")) return null;
  throw error;
}

/** An agent as the API writes it (contract section 2, "Project object"); null for anything else. */
function summaryOf(value: unknown): AgentSummary | null {
  const project = fields(value);
  const number = id(project?.["id"]);
  if (!project || number === null || number === 0) return null;
  return {
    project: number,
    name: firstText(project["project_name"])?.replace(/\s+/g, " ").trim().slice(0, 120) || String(number),
    sitemap: firstText(project["sitemap_path"]),
    isReady: flag(project["is_chat_active"], false),
  };
}
