/** Check of a deployed proxy's certificate and of its encryption. */
import { connect } from "node:tls";
import { isLoopback } from "../settings/parsers.ts";
import { askAddress } from "./ask-address.ts";
import { ok, problem, warning, type Finding } from "./finding.ts";

const fewDays = 14;
const dayMs = 86_400_000;

/** `patience` in milliseconds. */
export async function checkCertificate(address: URL, patience: number): Promise<Finding[]> {
  if (address.protocol === "http:") {
    if (isLoopback(address.hostname)) return [ok("tls", "Not needed: the address is this machine's own.")];
    return [
      problem(
        "tls",
        "The address is not encrypted: browsers refuse to load the widget into https pages.",
        "Put a server with a certificate in front (nginx, Caddy, a load balancer) and use its https address.",
      ),
    ];
  }
  return [await certificate(address, patience), await unencrypted(address, patience)];
}

async function certificate(address: URL, patience: number): Promise<Finding> {
  const seen = await seenCertificate(address, patience);
  if ("failed" in seen)
    return problem(
      "tls",
      `No encrypted connection can be made (${seen.failed}).`,
      "Look whether the server runs, its port is open, and a certificate is set up.",
    );
  if (seen.mistrust !== null)
    return problem(
      "tls",
      `Browsers will not trust the certificate (${seen.mistrust}).`,
      "Get one for this name from a public authority, and have the server send its intermediate certificates too.",
    );
  const days = Math.floor((seen.until - Date.now()) / dayMs);
  return days < fewDays
    ? warning("tls", `The certificate ends in ${days} days.`, "See to its renewal.")
    : ok("tls", `The certificate is trusted, for ${days} more days.`);
}

function seenCertificate(
  { hostname, port }: URL,
  patience: number,
): Promise<{ mistrust: string | null; until: number } | { failed: string }> {
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, "");
    // Nothing is sent over this connection; an untrusted certificate is read to report why.
    const socket = connect({
      host,
      port: Number(port || 443),
      rejectUnauthorized: false,
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    });
    socket.setTimeout(patience, () => end({ failed: "no answer in time" }));
    socket.once("error", (error: NodeJS.ErrnoException) => end({ failed: error.code ?? error.message }));
    socket.once("secureConnect", () => {
      const reason: unknown = socket.authorizationError;
      const mistrust = socket.authorized ? null : reason instanceof Error ? reason.message : String(reason);
      end({ mistrust, until: Date.parse(socket.getPeerCertificate().valid_to) });
    });
    function end(result: { mistrust: string | null; until: number } | { failed: string }) {
      socket.destroy();
      resolve(result);
    }
  });
}

async function unencrypted(address: URL, patience: number): Promise<Finding> {
  if (address.port !== "") return ok("http", "Not looked at, since the address names a port.");
  const plain = new URL(address);
  plain.protocol = "http:";
  const asked = await askAddress(new URL("/widget.js", plain), { patience });
  if ("failed" in asked) return ok("http", "Nothing is served without encryption.");
  const to = asked.response.headers.get("location") ?? "";
  if (asked.response.status >= 300 && asked.response.status < 400 && to.startsWith("https://"))
    return ok("http", "Requests without encryption are sent on to https.");
  if (asked.response.status >= 400) return ok("http", "Requests without encryption are refused.");
  return warning(
    "http",
    "The widget is served without encryption too, and whoever is on the way can change it.",
    "Let the front server answer http with a redirect to https.",
  );
}
