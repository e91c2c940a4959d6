/** Upstream's calls by short names, for faults that are meant for one of them and for counting. */

export const calls = [
  "list-projects",
  "create-project",
  "project",
  "update-project",
  "delete-project",
  "stats",
  "settings",
  "update-settings",
  "list-conversations",
  "create-conversation",
  "rename-conversation",
  "delete-conversation",
  "send",
  "messages",
  "message",
  "feedback",
  "citation",
  "usage",
] as const;

export type Call = (typeof calls)[number];
