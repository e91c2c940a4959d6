/** Check that the allowed sites exist and use HTTPS. */
import { isLoopback } from "../settings/parsers.ts";
import { ok, reasonOf, warning, type Finding } from "./finding.ts";

/** Requests the first page of each exact origin; a wildcard is not a single site and is not checked. */
export function checkOrigins(origins: readonly string[], patience: number): Promise<Finding[]> {
  return Promise.all(origins.map((origin) => checkOrigin(origin, patience)));
}

async function checkOrigin(origin: string, patience: number): Promise<Finding> {
  if (origin.includes("*")) return ok("origins", `${origin} stands for all sites below that name.`);
  const { protocol, hostname } = new URL(origin);
  if (protocol === "http:" && !isLoopback(hostname))
    return warning(
      "origins",
      `${origin} is not encrypted: anybody on the way can write into its pages and use the proxy from them.`,
      `Serve the site by https and list ${origin.replace("http:", "https:")}.`,
    );
  try {
    const response = await fetch(origin, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(patience),
    });
    const to = response.headers.get("location");
    const moved = to !== null && URL.canParse(to, origin) ? new URL(to, origin).origin : origin;
    if (moved !== origin)
      return warning(
        "origins",
        `${origin} sends its visitors on to ${moved}, whose pages are not meant by it.`,
        `List ${moved} where ${origin} is listed, unless it is there already.`,
      );
    return ok("origins", `${origin} is there.`);
  } catch (error) {
    return warning(
      "origins",
      `${origin} cannot be reached from here (${reasonOf(error)}).`,
      "Look for a slip where it is listed; a site that only others can reach is fine.",
    );
  }
}
