/** Model of the opened chat: options, profile, texts and draft as signals, which the view and the services share. */
import { computed, signal } from "@preact/signals";
import type { Page } from "../../proxy/protocol/bodies.ts";
import { parseProfile } from "../browser/api/parse-agent.ts";
import { wantedLanguages } from "../browser/platform/browser-info.ts";
import { contain, report } from "../conversation/contain.ts";
import type { ChatDeps } from "../embed/types.ts";
import { english } from "../i18n/locales/en.ts";
import type { LoadedMessages } from "../i18n/load-messages.ts";
import { panelTable } from "../options/table.ts";
import type { PanelOptions } from "../options/table.ts";
import { customizeProfile } from "./agent-profile.ts";

/** Reads an option as it was given, where the parser is in a lazy file. */
const asGiven = { fallback: null, read: (given: unknown) => given };
export const unparsed = { starters: asGiven, page: asGiven };

export type ChatModel = ReturnType<typeof createChatModel>;

export function createChatModel(parts: ChatDeps) {
  /** Increases when options may have changed, so that effects which have read one run again. */
  const changes = signal(0);
  const bootOption: ChatDeps["option"] = (name) => (changes.value, parts.option(name));
  const option: ChatDeps["readOption"] = (table, name) => (changes.value, parts.readOption(table, name));
  const panelOption = <Name extends keyof PanelOptions>(name: Name): PanelOptions[Name] =>
    option(panelTable, name);
  /** The agent's profile as it was fetched; null before that. */
  const fetchedProfile = signal<unknown>(null);
  /** Starters by page; null where the option names none. */
  const chosenStarters = signal<readonly string[] | null>(null);
  const loadedMessages = signal<LoadedMessages>(english);

  const profileOf = (given: unknown) => customizeProfile(parseProfile(given), bootOption, panelOption);
  const profile = computed(() => contain(() => profileOf(fetchedProfile.value)) ?? profileOf(null));

  return {
    bootOption,
    option,
    panelOption,
    fetchedProfile,
    chosenStarters,
    loadedMessages,
    profile,
    open: signal(false),
    draft: signal(""),
    pageContext: signal<Page | null>(null),
    agent: parts.option("agent"),
    mode: parts.option("mode"),
    texts: computed(() => ({
      ...loadedMessages.value,
      welcome: panelOption("welcome") ?? loadedMessages.value.welcome,
    })),
    starters: computed(() => chosenStarters.value ?? profile.value.starters),
    languageTags: computed(() => {
      const [chosen, ...rest] = wantedLanguages(panelOption("language"), document, navigator);
      return [chosen, profile.value.language, ...rest].filter((tag) => typeof tag === "string");
    }),
    refresh: () => changes.value++,
    loadProfile(): void {
      parts
        .fetchProfile()
        .then((fetched) => contain(() => (fetchedProfile.value = fetched ?? fetchedProfile.value)))
        .catch(report);
    },
  };
}
