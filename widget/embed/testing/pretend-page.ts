/** A page for the embed's tests: a proxy that answers with a profile, and a chat that only records its calls. */
import { vi } from "vitest";
import type { ChatModule, ChatDeps } from "../types.ts";
import { createChatLoader } from "../chat-loader.ts";

export const profile = { agent: "default", title: "Ask us", color: "#7a3cff", launcherPicture: null };

export function pretendPage() {
  const requests: string[] = [];
  const notes: string[] = [];
  const attempts: number[] = [];
  const state = {
    profile: JSON.stringify(profile) as string | null,
    failures: 0,
    parts: null as ChatDeps | null,
  };

  vi.stubGlobal("fetch", (address: string) => {
    requests.push(address);
    return state.profile === null
      ? Promise.reject(new TypeError("down"))
      : Promise.resolve(new Response(state.profile));
  });

  const module: ChatModule = {
    explain: ({ proxy }, agent) => Promise.resolve(`why ${agent} of ${proxy} is not there`),
    startChat(parts) {
      state.parts = parts;
      notes.push("start");
      const input = document.createElement("input");
      input.setAttribute("part", "input");
      parts.slot.append(input);
      return {
        show(open, focus) {
          notes.push(open ? "show" : "hide");
          if (focus && open) input.focus();
          else if (focus) part("launcher").focus();
        },
        ask: (text) => notes.push(`ask ${text}`),
        startOver: () => notes.push("start over"),
        refresh: () => notes.push("refresh"),
        dispose: () => notes.push("undo"),
      };
    },
  };
  const doors = {
    proxy: "https://chat.example.com/",
    load: createChatLoader((attempt) => {
      attempts.push(attempt);
      return state.failures-- > 0 ? Promise.reject(new Error("no network")) : Promise.resolve(module);
    }),
  };
  return { requests, notes, attempts, state, doors };
}

export const settleDown = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

export function part(
  name: string,
  host: Element | null = document.querySelector("customgpt-widget"),
): HTMLElement {
  const found = host?.shadowRoot?.querySelector(`[part~="${name}"]`);
  if (!(found instanceof HTMLElement)) throw new Error(`There is no ${name}.`);
  return found;
}
