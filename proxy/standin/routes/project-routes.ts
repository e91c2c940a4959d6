/** Routes of projects: create from a sitemap, list, read, rename, delete, statistics. */
import { indexPages, listPages } from "../crawler/crawl.ts";
import { DownloadFailed } from "../crawler/download.ts";
import { date, paginate, success } from "../wire/envelope.ts";
import { limits } from "../limits.ts";
import { Refusal } from "../wire/refusal.ts";
import { isYes, textOf } from "../wire/request-body.ts";
import { projectOf, type Register } from "./route.ts";
import type { Project } from "../content/store.ts";
import type { StandinContext } from "../context.ts";

const owner = 42;

export function projectRoutes(on: Register, workings: StandinContext): void {
  const { store, options, closing } = workings;

  on("GET", "/projects", "list-projects", ({ url, query }) => {
    const named = query("name")?.toLowerCase() ?? "";
    const all = [...store.projects.values()].filter((project) => project.name.toLowerCase().includes(named));
    if (query("order") !== "asc") all.reverse();
    return success(paginate(all.map(full), { url, page: query("page"), size: 10 }));
  });

  on("POST", "/projects", "create-project", async ({ fields, signal }) => {
    const sent = await fields();
    const name = textOf(sent["project_name"]);
    const sitemap = textOf(sent["sitemap_path"]);
    if (name === undefined) throw new Refusal(400, "Agent name can't be empty");
    if (sitemap === undefined) throw new Refusal(400, "Sitemap path can't be empty");
    if (store.projects.size >= limits.projects) throw new Refusal(400, "You have reached your agent limit");
    const list = await listPages(addressOf(sitemap), options, signal).catch(asRefusal);
    if (list.pages.length === 0) throw new Refusal(503, "Sitemap URL is empty");
    const project = store.addProject(name, sitemap, list.type);
    // Not awaited, as upstream does not either: callers poll until the project is active.
    void indexPages(store, project, list.pages, options, closing);
    return success(created(project), 201);
  });

  on("GET", "/projects/:project", "project", (incoming) => success(full(projectOf(workings, incoming))));

  on("POST", "/projects/:project", "update-project", async (incoming) => {
    const project = projectOf(workings, incoming);
    const sent = await incoming.fields();
    project.name = textOf(sent["project_name"]) ?? project.name;
    project.updatedAt = options.clock();
    return success({ ...full(project), are_licenses_allowed: isYes(sent["are_licenses_allowed"]) });
  });

  on("DELETE", "/projects/:project", "delete-project", (incoming) => {
    store.removeProject(projectOf(workings, incoming).id);
    return success({ deleted: true });
  });

  on("GET", "/projects/:project/stats", "stats", (incoming) => {
    const { counts, pages } = projectOf(workings, incoming);
    return success({
      pages_found: counts.found,
      pages_crawled: counts.crawled,
      pages_indexed: pages.size,
      crawl_credits_used: counts.crawled,
      query_credits_used: counts.questions,
      total_queries: counts.questions,
      total_words_indexed: counts.words,
      total_storage_credits_used: pages.size,
    });
  });
}

/** As a reader types it: `example.com/sitemap.xml` is meant as https. */
function addressOf(written: string): URL {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `https://${written}`;
  if (!URL.canParse(whole)) throw new Refusal(400, "Sitemap path is not a valid URL");
  return new URL(whole);
}

function asRefusal(cause: unknown): never {
  throw cause instanceof DownloadFailed ? new Refusal(503, `Sitemap: ${cause.message}`) : cause;
}

/** The short form a creation is answered with, as recorded. */
function created(project: Project) {
  return {
    id: project.id,
    project_name: project.name,
    sitemap_path: project.sitemap,
    user_id: owner,
    is_chat_active: null,
    created_at: date(project.createdAt),
    updated_at: date(project.updatedAt),
    is_shared: null,
    deleted_at: null,
    type: project.type,
  };
}

function full(project: Project) {
  return {
    ...created(project),
    is_chat_active: project.active,
    is_shared: false,
    team_id: owner,
    shareable_slug: project.slug,
    shareable_link: null,
    embed_code: null,
    live_chat_code: null,
    are_licenses_allowed: false,
    subdomain_slug: null,
    is_master: false,
  };
}
