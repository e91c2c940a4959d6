/** PHP of another version as WebAssembly, behind HTTP: node serve-php.js VERSION PORT SITE ROUTER. */
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { otherPhp } from "./other-php.js";

const [version = "", port = "", site = "", router = ""] = process.argv.slice(2);

/**
 * @typedef {{ headers: Promise<Record<string, string[]>>, httpStatusCode: Promise<number>, stdout: ReadableStream<Int8Array>,
 *   stderrText: Promise<string>, finished: Promise<unknown> }} Answer
 * @typedef {{ runStream(request: object): Promise<Answer> }} Php
 */

const packages = otherPhp();
/** @param {string} name */
const load = (name) => import(pathToFileURL(join(packages, "node_modules/@php-wasm", name, "index.js")).href);
const { loadNodeRuntime, useHostFilesystem } = await load("node");
const { PHP, setPhpIniEntries } = await load("universal");

let started = 0;

/** @returns {Promise<Php>} */
async function startPhp() {
  const recreateRuntime = () =>
    loadNodeRuntime(version, { followSymlinks: true, emscriptenOptions: { processId: ++started } });
  const php = new PHP(await recreateRuntime());
  useHostFilesystem(php);
  await setPhpIniEntries(php, { memory_limit: "256M", upload_max_filesize: "32M", post_max_size: "32M" });
  return php;
}

/** One answers while another waits for a service. */
const idle = await Promise.all([startPhp(), startPhp(), startPhp()]);
/** @type {((php: Php) => void)[]} */
const waiting = [];

/** @returns {Promise<Php>} */
const take = () => {
  const php = idle.pop();
  return php ? Promise.resolve(php) : new Promise((resolve) => waiting.push(resolve));
};

/** @param {Php} php */
function giveBack(php) {
  const next = waiting.shift();
  if (next) next(php);
  else idle.push(php);
}

/**
 * @param {import("node:http").IncomingMessage} asked
 * @param {import("node:http").ServerResponse} answer
 */
async function serve(asked, answer) {
  const pieces = [];
  for await (const piece of asked) pieces.push(piece);
  const headers = Object.fromEntries(
    Object.entries(asked.headers).map(([name, value]) => [name, String(value)]),
  );
  const php = await take();
  try {
    const given = await php.runStream({
      scriptPath: router,
      relativeUri: asked.url,
      method: asked.method,
      headers,
      body: new Uint8Array(Buffer.concat(pieces)),
      $_SERVER: {
        DOCUMENT_ROOT: site,
        SERVER_NAME: "127.0.0.1",
        SERVER_PORT: port,
        REMOTE_ADDR: "127.0.0.1",
        SERVER_PROTOCOL: "HTTP/1.1",
      },
    });
    answer.writeHead(await given.httpStatusCode, await given.headers);
    for await (const bytes of given.stdout) answer.write(Buffer.from(bytes));
    await given.finished;
    const complaints = await given.stderrText;
    if (complaints) console.error(complaints);
  } finally {
    answer.end();
    giveBack(php);
  }
}

createServer((asked, answer) => {
  serve(asked, answer).catch((error) => {
    console.error(error);
    answer.destroy();
  });
}).listen(Number(port), "127.0.0.1");
