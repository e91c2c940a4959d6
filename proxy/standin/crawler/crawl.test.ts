/** Creating a project from a sitemap: what is fetched, what is refused, when it can answer. */
import { expect, test } from "vitest";
import { ask, call, data, json, quickStandin } from "../testing/start.ts";

const site = (path: string) => `http://127.0.0.1:9${path}`;
const xml = (tag: string, inner: string, addresses: string[]) => () =>
  new Response(
    `<${tag}>${addresses.map((at) => `<${inner}><loc>${at}</loc></${inner}>`).join("")}</${tag}>`,
    {
      headers: { "content-type": "application/xml" },
    },
  );
const html = (body: string) => () => new Response(body, { headers: { "content-type": "text/html" } });
const redirect = (to: string) => () => new Response(null, { status: 302, headers: { location: to } });

function crawling(answers: Record<string, () => Response>) {
  const fetched: string[] = [];
  const standin = quickStandin({
    mayFetch: (address) => address.hostname === "127.0.0.1",
    fetchPage(address) {
      fetched.push(address.href);
      return Promise.resolve(answers[address.pathname]?.() ?? new Response(null, { status: 404 }));
    },
  });
  const create = (sitemap_path: string) =>
    call(standin, "/projects", { method: "POST", body: { project_name: "Site", sitemap_path } });
  return { standin, fetched, create };
}

async function untilActive(standin: ReturnType<typeof quickStandin>, id: unknown): Promise<boolean> {
  for (let tries = 0; tries < 50; tries++) {
    if ((await data(call(standin, `/projects/${String(id)}`)))["is_chat_active"] === true) return true;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return false;
}

test("is created at once, becomes active when its pages are read, and then answers from them", async () => {
  const { standin, create } = crawling({
    "/sitemap.xml": xml("urlset", "url", [site("/a"), site("/gone"), site("/b")]),
    "/a": html("<title>A</title><p>Parrots eat apricots.</p>"),
    "/b": html("<title>B</title><p>Lizards love lettuce.</p>"),
  });
  const response = await create(site("/sitemap.xml"));
  expect(response.status).toBe(201);
  const project = await data(response);
  expect(project).toMatchObject({ project_name: "Site", is_chat_active: null, type: "SITEMAP" });
  expect(await untilActive(standin, project["id"])).toBe(true);
  const answer = await data(ask(standin, Number(project["id"]), "What do lizards love?"));
  expect(answer["openai_response"]).toBe("Lizards love lettuce.");
  const stats = await data(call(standin, `/projects/${String(project["id"])}/stats`));
  expect(stats).toMatchObject({ pages_found: 3, pages_crawled: 2, pages_indexed: 2, total_queries: 1 });
});

test("follows an index of sitemaps, each once", async () => {
  const { standin, fetched, create } = crawling({
    "/index.xml": xml("sitemapindex", "sitemap", [site("/1.xml"), site("/index.xml"), site("/1.xml")]),
    "/1.xml": xml("urlset", "url", [site("/a")]),
    "/a": html("<p>Parrots eat apricots.</p>"),
  });
  const { id } = await data(create(site("/index.xml")));
  expect(await untilActive(standin, id)).toBe(true);
  expect(fetched).toEqual([site("/index.xml"), site("/1.xml"), site("/a")]);
});

test("an address that is a page stands for itself and the pages it links to", async () => {
  const { standin, create } = crawling({
    "/": html(`<p>Welcome.</p><a href="/a">A</a>`),
    "/a": html("<p>Parrots eat apricots.</p>"),
  });
  const project = await data(create(site("/")));
  expect(project["type"]).toBe("URL");
  expect(await untilActive(standin, project["id"])).toBe(true);
  const answer = await data(ask(standin, Number(project["id"]), "parrots"));
  expect(answer["openai_response"]).toBe("Parrots eat apricots.");
});

test("an address that may not be fetched is refused without being fetched", async () => {
  const { fetched, create } = crawling({});
  const response = await create("example.com/sitemap.xml");
  expect(response.status).toBe(503);
  expect(await json(response)).toMatchObject({ status: "error", data: { code: 503 } });
  expect(fetched).toEqual([]);
});

test("neither a page in the sitemap nor a redirect leads to an address that may not be fetched", async () => {
  const { standin, fetched, create } = crawling({
    "/sitemap.xml": xml("urlset", "url", ["http://10.0.0.1/secret", site("/away"), site("/moved")]),
    "/away": redirect("http://10.0.0.1/secret"),
    "/moved": redirect("/a"),
    "/a": html("<p>Parrots eat apricots.</p>"),
  });
  const { id } = await data(create(site("/sitemap.xml")));
  expect(await untilActive(standin, id)).toBe(true);
  expect(fetched).not.toContain("http://10.0.0.1/secret");
  expect(await data(call(standin, `/projects/${String(id)}/stats`))).toMatchObject({ pages_indexed: 1 });
});

test("a redirect in circles, an error, an empty sitemap and one too large are refused in words", async () => {
  const { create } = crawling({
    "/circle": redirect("/circle"),
    "/empty.xml": xml("urlset", "url", []),
    "/large.xml": () => new Response("x".repeat(3_000_001)),
  });
  const message = async (path: string) => {
    const response = await create(site(path));
    expect(response.status).toBe(503);
    return (await data(response))["message"];
  };
  expect(await message("/circle")).toContain("redirects too often");
  expect(await message("/missing.xml")).toContain("answered 404");
  expect(await message("/empty.xml")).toBe("Sitemap URL is empty");
  expect(await message("/large.xml")).toContain("is too large");
});
