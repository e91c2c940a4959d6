/** Responses of faults: statuses, foreign pages, redirects, leaks, silence. */
import type { Call } from "../wire/calls.ts";
import { failure, plain } from "../wire/envelope.ts";
import type { FaultName } from "../wire/fault-names.ts";
import type { Faults } from "./faults.ts";
import { leaving } from "../stream/play-stream.ts";

type Asked = { url: string; signal: AbortSignal; header: (name: string) => string | undefined };

/** Target of the redirect; a client with a key must not follow it. */
export const elsewhere = "/standin/elsewhere";

const html = (status: number, title: string, headers: Record<string, string> = {}) =>
  new Response(
    `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body><h1>${status} ${title}</h1></body>\r\n</html>\r\n`,
    {
      status,
      headers: { "content-type": "text/html", ...headers },
    },
  );

const answers = new Map<FaultName, (asked: Asked) => Response | Promise<Response>>([
  ["unauthorized", ({ url }) => failure(url, 401, "API Token is either missing or invalid")],
  ["forbidden", ({ url }) => failure(url, 403, "You are not allowed to use this conversation")],
  ["not-found", ({ url }) => failure(url, 404, "Agent with id 1 not found")],
  [
    "out-of-credits",
    ({ url }) =>
      failure(url, 429, "You have exhausted your current query credits. Please contact customer service"),
  ],
  [
    "throttled",
    ({ url }) =>
      failure(url, 429, "Too Many Attempts.", {
        "retry-after": "2",
        "x-ratelimit-limit": "60",
        "x-ratelimit-remaining": "0",
      }),
  ],
  ["throttled-bare", () => plain({ message: "Too Many Attempts." }, 429)],
  [
    "unprocessable",
    () =>
      plain({ message: "The given data was invalid.", errors: { prompt: ["The prompt is too long."] } }, 422),
  ],
  ["server-error", ({ url }) => failure(url, 500, "Internal Server Error")],
  ["bad-gateway", () => html(502, "Bad Gateway")],
  ["unavailable", () => html(503, "Service Temporarily Unavailable", { "retry-after": "3" })],
  ["leaking", leak],
  [
    "redirect",
    ({ url }) => new Response(null, { status: 302, headers: { location: new URL(elsewhere, url).href } }),
  ],
  ["stalled-before-headers", ({ signal }) => leaving(signal)],
]);

function leak({ url, header }: Asked): Response {
  const body = {
    message: "SQLSTATE[HY000]: General error",
    exception: "Illuminate\\Database\\QueryException",
    headers: { authorization: header("authorization") ?? "" },
    url,
    trace: [{ file: "/var/www/app/Http/Controllers/MessageController.php", line: 219 }],
  };
  return plain(body, 500, {
    "set-cookie": "laravel_session=leaked; path=/; httponly",
    "x-debug-token": "leaked",
  });
}

/** The first fault's answer that hits this call, or undefined. */
export async function faultAnswer(faults: Faults, call: Call, asked: Asked): Promise<Response | undefined> {
  for (const [name, answer] of answers) if (faults.take(name, call)) return answer(asked);
  return undefined;
}
