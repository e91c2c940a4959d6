/** What set-up has come to: the tag to paste, the policy for strict sites, the next command; as text and as JSON. */
import { isLoopback } from "../settings/parsers.ts";
import type { Finding } from "../cli/finding.ts";
import type { AgentSummary } from "../account/account.ts";

export type Outcome = {
  agent: AgentSummary;
  /** Path of `.env`. */
  file: string;
  /** Variables that the owner had set otherwise; they hold. */
  unchanged: readonly string[];
  /** Goes into the site's pages, before `</body>`. */
  tag: string;
  /** For sites with a Content-Security-Policy: what it must allow. */
  policy: string;
  /** The command that starts the proxy. */
  next: string;
  findings: readonly Finding[];
  /** Answer to the question that was asked at the end, if one was. */
  answer: string | null;
};

const startCommand = "npx customgpt-widget start";

export const tagFor = (address: URL) => `<script src="${address.origin}/widget.js" async></script>`;

export const policyFor = ({ origin }: URL) =>
  `script-src ${origin}; connect-src ${origin}; img-src ${origin}`;

export const nextCommand = () => startCommand;

/** Lines for the owner, at the end. */
export function outcomeText(
  { agent, file, unchanged, tag, policy, next }: Omit<Outcome, "findings" | "answer">,
  address: URL,
): string {
  const lines = [
    `Agent ${agent.project}, "${agent.name}", is set in ${file}.`,
    ...unchanged.map((name) => `${name} is set otherwise by you already; that was left as it is.`),
    "",
    "Start the proxy:",
    `  ${next}`,
    "",
    "Paste this tag into your pages, before </body>:",
    `  ${tag}`,
    "",
    "If your site has a Content-Security-Policy, add to it:",
    `  ${policy.replaceAll("; ", ";\n  ")}`,
  ];
  if (isLoopback(address.hostname))
    lines.push(
      "",
      "This address works on this machine only. On a server, run set-up again with --address https://…",
    );
  return lines.join("\n");
}
