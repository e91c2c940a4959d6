/** Minimal forwarder in Node, without any check, as a baseline. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Agent, type Dispatcher } from "undici";

const origin = `http://127.0.0.1:${process.env["ORIGIN_PORT"]}`;
const agent = new Agent();

function pass(request: IncomingMessage, response: ServerResponse): void {
  let controller: Dispatcher.DispatchController | undefined;
  response.on("close", () => controller?.abort(new Error("The caller left.")));
  response.on("drain", () => controller?.resume());
  agent.dispatch(
    {
      origin,
      path: request.url ?? "/",
      method: request.method === "POST" ? "POST" : "GET",
      headers: { ...passed(request.headers), authorization: "Bearer 1|key" },
      body: request,
    },
    {
      onRequestStart: (started) => void (controller = started),
      onResponseStart: (_, status, headers) => void response.writeHead(status, passed(headers)),
      onResponseData(_, bytes) {
        if (!response.write(bytes)) controller?.pause();
      },
      onResponseEnd: () => void response.end(),
      onResponseError: () => void response.destroy(),
    },
  );
}

/** Headers that belong to one connection. */
const ofConnection = new Set(["host", "connection", "keep-alive", "transfer-encoding"]);

function passed(headers: Readonly<Record<string, string | string[] | undefined>>) {
  const forwarded: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !ofConnection.has(name)) forwarded[name] = value;
  return forwarded;
}

const server = createServer(pass);
server.keepAliveTimeout = 600_000;
server.listen(Number(process.env["PORT"]), "127.0.0.1");
