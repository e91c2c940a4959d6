/** Agent profile with nothing set, as a base for tests and the gallery. */
import type { AgentProfile, AgentTexts } from "../bodies.ts";

export const noTexts: AgentTexts = {
  thinking: null,
  outage: null,
  outOfQueries: null,
  noAnswer: null,
  tryAsking: null,
  sources: null,
  terms: null,
  disclosure: null,
};

export const bareProfile: AgentProfile = {
  agent: "default",
  title: "Ada",
  avatar: null,
  launcherPicture: null,
  color: null,
  placeholder: null,
  starters: [],
  language: null,
  feedback: true,
  citations: true,
  longestPrompt: 1000,
  contact: false,
  texts: noTexts,
};
