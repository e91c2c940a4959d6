/** Report of findings, as lines for a terminal or as JSON. */
import type { Finding } from "./finding.ts";

const marks = { ok: "ok     ", warning: "warning", problem: "PROBLEM" } as const;

export function asText(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ about, state, found, mend }) => [
    `${marks[state]}  ${about}: ${found}`,
    ...(mend === undefined ? [] : [`         ${mend}`]),
  ]);
  const count = (state: Finding["state"]) => findings.filter((finding) => finding.state === state).length;
  const end = `${count("ok")} ok, ${count("warning")} to think about, ${count("problem")} to mend`;
  return [...lines, "", end].join("\n");
}

export function asJson(findings: readonly Finding[]): string {
  return JSON.stringify({ ok: isWell(findings), findings }, null, 2);
}

/** Whether there is no problem; warnings do not count. */
export const isWell = (findings: readonly Finding[]) => findings.every(({ state }) => state !== "problem");
