/** Account of CustomGPT.ai whose agents answer: its key, its address and the default agent. */
import type { Settings } from "../settings/table.ts";

export type Account = {
  /** The API's root. */
  readonly base: URL;
  readonly key: string;
  /** The default agent, by its project id. */
  readonly project: number;
};

/** Null without a key; a key without a project stops the reading of the settings already. */
export function accountOf({
  apiKey,
  project,
  baseUrl,
}: Pick<Settings, "apiKey" | "project" | "baseUrl">): Account | null {
  return apiKey === null || project === null ? null : { base: baseUrl, key: apiKey, project };
}

/** Lines for the operator of a server without an account. */
export const noAccountLines: readonly string[] = [
  "CUSTOMGPT_API_KEY is not set; it takes the key of your CustomGPT.ai account. CUSTOMGPT_API_KEY_FILE takes the path of a file with it.",
  "CUSTOMGPT_PROJECT_ID is not set; it takes the id of the agent that answers.",
  "To try the chat without an account, use `npm start`: it shows the demo, in which a stand-in answers.",
];
