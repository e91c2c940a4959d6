/** Problem of a proxy that cannot be reached, and the interval at which the network is checked. */
import type { ChatEnvironment } from "./environment.ts";
import type { VisitorProblem } from "./types.ts";

/** Milliseconds between checks for a network; a browser that reports one is believed at once. */
export const offlinePollMs = 30_000;

/** What to say when patience has ended. */
export const unreachable = (environment: Pick<ChatEnvironment, "online">): VisitorProblem => ({
  code: environment.online() ? "unreachable" : "offline",
});

/** Whether it is unknown if the proxy heard the question, so that it may only be asked again under the same id. */
export const isUnsure = (problem: VisitorProblem | null): boolean =>
  problem?.code === "unreachable" || problem?.code === "offline" || problem?.unsure === true;
