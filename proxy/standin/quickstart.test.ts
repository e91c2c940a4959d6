/** The five steps of CustomGPT.ai's quickstart with the real curl, over a real port: only the base address differs. */
import { execFile } from "node:child_process";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { serve, type ServerType } from "@hono/node-server";
import * as v from "valibot";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { frames, key, quickStandin, streamedText } from "./testing/start.ts";
import type { Standin } from "./standin.ts";

const pages: Record<string, string> = {
  "/": `<title>Home</title><main><h1>A widget</h1><p>It puts an agent on any website.</p></main>`,
  "/embed.html": `<title>Embed</title><main><h1>Embed the widget</h1><p>Add one tag:</p><pre>&lt;script&gt;</pre></main>`,
};

let site: Server;
let server: ServerType;
let standin: Standin;
let base: string;
let sitemap: string;

const portOf = (address: AddressInfo | string | null | undefined) =>
  typeof address === "object" && address !== null ? address.port : 0;

beforeAll(async () => {
  site = createServer((request, response) => {
    const origin = `http://${request.headers.host ?? ""}`;
    const html = pages[request.url ?? ""];
    const locations = Object.keys(pages).map((path) => `<url><loc>${origin}${path}</loc></url>`);
    if (request.url === "/sitemap.xml") {
      response.setHeader("content-type", "application/xml");
      response.end(`<?xml version="1.0"?><urlset>${locations.join("")}</urlset>`);
    } else {
      response.writeHead(html === undefined ? 404 : 200, { "content-type": "text/html" });
      response.end(html);
    }
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  sitemap = `http://127.0.0.1:${portOf(site.address())}/sitemap.xml`;

  standin = quickStandin({
    mayFetch: (address) => address.hostname === "127.0.0.1",
    fetchPage: (address, signal) => fetch(address, { signal, redirect: "manual" }),
    pace: { firstMs: 5, everyMs: 2 },
  });
  const port = await new Promise<number>((resolve) => {
    server = serve({ fetch: standin.fetch, hostname: "127.0.0.1", port: 0 }, (info) => resolve(info.port));
  });
  base = `http://127.0.0.1:${port}/api/v1`;
});

afterAll(async () => {
  standin.close();
  await Promise.all([site, server].map((one) => new Promise((resolve) => one.close(resolve))));
});

/** Runs a command as typed into a shell, and returns what it printed. */
async function typed(command: string): Promise<string> {
  const run = promisify(execFile);
  await run("curl", ["--version"]).catch(() => {
    throw new Error(
      "curl was not found: install curl (apt-get install curl, brew install curl) and run again",
    );
  });
  return (await run("/bin/sh", ["-c", command], { timeout: 20_000 })).stdout;
}

const Reply = v.object({ data: v.looseObject({}), status: v.literal("success") });
const reply = async (command: string) => v.parse(Reply, JSON.parse(await typed(command))).data;

test("the quickstart's steps give an agent that answers from the site, streamed and not", async () => {
  const created = await reply(`curl --silent --request POST \\
     --url ${base}/projects \\
     --header 'accept: application/json' \\
     --header 'authorization: Bearer ${key}' \\
     --header 'content-type: multipart/form-data' \\
     --form project_name=Test \\
     --form sitemap_path=${sitemap}`);
  expect(created).toMatchObject({ project_name: "Test", sitemap_path: sitemap, is_chat_active: null });
  const project = `${base}/projects/${String(created["id"])}`;

  let active: unknown = null;
  for (let tries = 0; tries < 50 && active !== true; tries++) {
    await pause(20);
    const read = `curl --silent ${project} --header 'authorization: Bearer ${key}'`;
    active = (await reply(read))["is_chat_active"];
  }
  expect(active).toBe(true);

  const settings = await reply(`curl --silent --request GET \\
     --url ${project}/settings \\
     --header 'accept: application/json' \\
     --header 'authorization: Bearer ${key}'`);
  expect(settings).toMatchObject({ default_prompt: "Ask Me Anything ..." });

  const conversation = await reply(`curl --silent --request POST \\
     --url ${project}/conversations \\
     --header 'accept: application/json' \\
     --header 'authorization: Bearer ${key}' \\
     --header 'content-type: application/json' \\
     --data '{"name":"Test_Conversation_Name"}'`);
  expect(conversation).toMatchObject({ name: "Test_Conversation_Name" });
  const messages = `${project}/conversations/${String(conversation["session_id"])}/messages`;

  const stream = await typed(`curl --silent --no-buffer --request POST \\
     --url '${messages}?stream=true&lang=en' \\
     --header 'accept: application/json' \\
     --header 'authorization: Bearer ${key}' \\
     --header 'content-type: application/json' \\
     --data '{"response_source":"default","prompt":"How do I embed the widget?"}'`);
  expect(streamedText(stream)).toBe("Add one tag:\n\n```\n<script>\n```");
  const finish = frames(stream).at(-1);
  expect(finish).toMatchObject({ status: "finish", session_id: conversation["session_id"] });

  const whole = await reply(`curl --silent --request POST \\
     --url '${messages}' \\
     --header 'authorization: Bearer ${key}' \\
     --form response_source=own_content --form prompt='What is the widget?'`);
  expect(whole["openai_response"]).toContain("agent on any website");

  const listed = await reply(`curl --silent '${messages}' --header 'authorization: Bearer ${key}'`);
  expect(listed).toMatchObject({
    messages: {
      total: 2,
      data: [{ id: whole["id"] }, { id: finish?.["id"], citations: finish?.["citations"] }],
    },
  });
}, 30_000);

test("without the key curl gets the documented refusal", async () => {
  const body = await typed(`curl --silent --write-out ' %{http_code}' ${base}/projects`);
  expect(body).toContain("API Token is either missing or invalid");
  expect(body).toMatch(/ 401$/);
});

test("over a real port, a caller who leaves in mid-stream is noticed at once", async () => {
  const project = standin.seed({
    name: "Long",
    pages: [{ url: null, html: `<p>${"Parrots talk. ".repeat(200)}</p>` }],
  });
  standin.seen.clear();
  standin.faults.on("slow", { times: 1 });
  const leaving = new AbortController();
  const response = await fetch(
    `${base}/projects/${project}/conversations/1198da61-0000-4000-8000-00000000abcd/messages?stream=1`,
    {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ prompt: "parrots" }),
      signal: leaving.signal,
    },
  );
  await response.body?.getReader().read();
  leaving.abort();
  await expect.poll(() => standin.seen.streams).toEqual({ opened: 1, ended: 0, left: 1 });
});

test("over a real port, a call that is never answered ends when its caller leaves", async () => {
  standin.faults.on("stalled-before-headers", { times: 1 });
  const asked = fetch(`${base}/projects`, {
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(100),
  });
  await expect(asked).rejects.toThrow("timeout");
  expect((await fetch(`${base}/projects`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
});

test("over a real port, a connection that is cut is an error for the caller and no regular end", async () => {
  const project = standin.seed({
    name: "Parrots",
    pages: [{ url: null, html: "<p>Parrots talk all day long.</p>" }],
  });
  const complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
  standin.faults.on("connection-cut", { times: 1 });
  const response = await fetch(
    `${base}/projects/${project}/conversations/1198da61-0000-4000-8000-00000000abce/messages?stream=1`,
    {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ prompt: "parrots" }),
    },
  );
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow("terminated");
  complaints.mockRestore();
});
