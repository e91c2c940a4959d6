/** What is known, and what is said, when the proxy cannot be reached. */
import type { VisitorProblem } from "./types.ts";
import type { World } from "./environment.ts";

/** What to say when patience has ended. */
export const outOfReach = (world: Pick<World, "online">): VisitorProblem => ({
  code: world.online() ? "unreachable" : "offline",
});

/** Whether it is unknown if the proxy heard the question, so that it may only be asked again under the same id. */
export const isUnsure = (problem: VisitorProblem | null): boolean =>
  problem?.code === "unreachable" || problem?.code === "offline" || problem?.unsure === true;
