/** Names of upstream's calls, for faults and for counting. */

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
