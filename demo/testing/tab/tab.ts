/** Tab without a browser: the built widget in a window of happy-dom, with manual time. */
import { GlobalWindow } from "happy-dom";
import type { ManualTime } from "../../../proxy/testing/manual-time.ts";
import { createKeptItems } from "./page-storage.ts";
import type { Device } from "./device.ts";
import { createModuleLoader, type ReadFile } from "./module-loader.ts";
import { timeInWindow } from "./time-in-window.ts";

export const proxyAddress = "http://chat.example.com";

export type TabOptions = {
  readonly page: string;
  readonly time: ManualTime;
  readonly device: Device;
  readonly read: ReadFile;
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  /** Additional globals of its scripts. */
  readonly members?: object;
  /** The session storage; a reloaded page has that of the page before. */
  /** Whether a failed module stays failed at its address, as in two engines; default true. */
  readonly keepsFailed?: boolean;
  readonly session?: ReturnType<typeof createKeptItems>;
};

export type Tab = Awaited<ReturnType<typeof openTab>>;

/** Links are not followed, as there are no other pages. */
const staying = {
  navigation: {
    disableMainFrameNavigation: true,
    disableChildPageNavigation: true,
    disableFallbackToSetURL: true,
  },
};

/** The same classes for our scripts and for the proxy in the same process. */
const natives = {
  Headers,
  ReadableStream,
  Response,
  TextDecoder,
  TextEncoder,
  URL,
};

export async function openTab(options: TabOptions) {
  const { page, time, device, read, fetch, members, session, keepsFailed = true } = options;
  // Without a context of its own, since Node never frees one.
  const window = new GlobalWindow({ url: page, width: 1024, height: 768, settings: staying });
  /** Uncaught errors. */
  const uncaught: string[] = [];
  /** Output on the console. */
  const said: string[] = [];
  let isClosed = false;
  const note = (error: unknown) =>
    void uncaught.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const timers = timeInWindow(time, (work) => {
    try {
      work();
    } catch (error) {
      note(error);
    }
  });
  timers.putInto(window);
  const ownSession = session ?? createKeptItems((work) => work());
  const storageEvent = (key: string | null) => {
    if (!isClosed) window.dispatchEvent(new window.StorageEvent("storage", key === null ? {} : { key }));
  };
  const network = { online: true };
  window.addEventListener("error", (event) => note(Reflect.get(event, "error")));
  Object.defineProperties(window.navigator, {
    onLine: { get: () => network.online },
    locks: { value: device.locksOf(window) },
  });
  const all = {
    ...timers.members,
    ...natives,
    ...members,
    BroadcastChannel: device.Channel,
    localStorage: device.kept.open(storageEvent),
    sessionStorage: ownSession.open(() => {}),
    fetch,
    window,
    globalThis: window,
    console: Object.fromEntries(
      ["log", "info", "warn", "error"].map((name) => [
        name,
        (...words: unknown[]) => void said.push(words.map(String).join(" ")),
      ]),
    ),
  };
  Reflect.set(window, "fetch", fetch);
  // Its own one computes every element's style, which no test here needs.
  Object.defineProperty(window.HTMLElement.prototype, "innerText", {
    get(this: { textContent: string }) {
      return this.textContent;
    },
  });
  const load = createModuleLoader(window, all, read, keepsFailed);

  const tag = window.document.createElement("script");
  tag.setAttribute("src", `${proxyAddress}/widget.js`);
  window.document.head.append(tag);
  Object.defineProperty(window.Document.prototype, "currentScript", { get: () => tag });
  await load(`${proxyAddress}/widget.js`).catch(note);

  return {
    window,
    uncaught,
    said,
    network,
    session: ownSession,
    close(): void {
      window.dispatchEvent(new window.Event("pagehide"));
      isClosed = true;
      timers.end();
      device.leave(window);
      void window.happyDOM.close();
    },
  };
}
