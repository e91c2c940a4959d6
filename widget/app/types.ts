/** Types of the connection to other tabs. */
import type { ReadonlySignal } from "@preact/signals";
import type { Transport } from "../conversation/environment.ts";
import type { LoadedMessages } from "../i18n/load-messages.ts";

export type TabsOptions = {
  readonly root: ShadowRoot;
  readonly frame: Element;
  /** Name of the tabs' channel; null where the conversation is this tab's only. */
  readonly channelName: () => string | null;
  readonly texts: ReadonlySignal<LoadedMessages>;
  /** Whether the panel is open. */
  readonly open: ReadonlySignal<boolean>;
};

export type ConnectedTabs = {
  /** Streams that all tabs share; null where the conversation is this tab's only. */
  readonly streams: Transport | null;
  /** The store may have changed. */
  catchUp(): void;
  /** An answer is complete. */
  answered(): void;
};
