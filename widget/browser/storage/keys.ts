/** Storage keys of one agent at one proxy. */

export const notesKey = (key: string): string => `${key}:notes`;

export const storageKey = (proxy: string, agent: string): string => `customgpt-widget:${proxy}:${agent}`;
