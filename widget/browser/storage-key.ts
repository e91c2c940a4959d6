/** The name under which everything about one agent at one proxy is kept. */

export const storageKey = (proxy: string, agent: string): string => `customgpt-widget:${proxy}:${agent}`;
