/** The names under which everything about one agent at one proxy is kept. */

export const notesKey = (key: string): string => `${key}:notes`;

export const storageKey = (proxy: string, agent: string): string => `customgpt-widget:${proxy}:${agent}`;
