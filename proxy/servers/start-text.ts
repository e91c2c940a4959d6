/** What the operator reads when the proxy has started: where it is, who answers, who may ask. */
import type { Settings } from "../settings.ts";
import type { RunningStandin } from "./start-standin.ts";

type Started = {
  proxy: { url: string; standin: Pick<RunningStandin, "base" | "key"> | null };
  settings: Settings;
  hasWidget: boolean;
  warnings: readonly string[];
};

/** Lines of plain words; never a secret. */
export function startText({ proxy, settings, hasWidget, warnings }: Started): string[] {
  const lines = [`The proxy is ready at ${proxy.url}`];
  if (proxy.standin) {
    lines.push(
      "No key is set, so the stand-in is answering: a small double of CustomGPT.ai on this machine.",
      "To let your own agent answer, set CUSTOMGPT_API_KEY and CUSTOMGPT_PROJECT_ID and start again.",
      `The stand-in's own API is at ${proxy.standin.base.href} (key: ${proxy.standin.key})`,
    );
  } else {
    lines.push(`Agent ${settings.project} of CustomGPT.ai is answering, at ${settings.baseUrl.href}`);
    for (const [alias, project] of settings.agents) lines.push(`Agent ${project} answers as "${alias}".`);
  }
  lines.push(
    settings.allowedOrigins.length > 0
      ? `Sites that may use it, besides its own pages: ${settings.allowedOrigins.join(", ")}`
      : "Only pages from its own address may use it; set ALLOWED_ORIGINS to let your site in.",
  );
  if (settings.proxySecret === null)
    lines.push("PROXY_SECRET is not set, so a random one is used: conversations will not survive a restart.");
  if (!hasWidget)
    lines.push("The widget's files are not here, so /widget.js is not served; `npm run build` makes them.");
  for (const warning of warnings) lines.push(`Warning: ${warning}`);
  return lines;
}
