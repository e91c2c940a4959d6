/** Environment of a conversation in this browser: its network, storage and clock. */
import { createLazyTransport } from "../api/lazy-transport.ts";
import { newId, pause } from "./browser-info.ts";
import type { ProxyClientOptions } from "../api/proxy-client.lazy.ts";
import type { ConversationStore, Transport, ChatEnvironment } from "../../conversation/environment.ts";

const proxyClient = () => import("../api/proxy-client.lazy.ts");

/** `identity` and `languages` are called for each request. */
export function createEnvironment(
  parts: Pick<ProxyClientOptions, "proxy" | "fetch">,
  agent: string,
  store: ConversationStore,
  identity: () => string | null,
  languages: () => readonly string[],
  page: ChatEnvironment["page"],
): ChatEnvironment {
  const online = () => navigator.onLine;

  async function bring(): Promise<Transport> {
    const { createProxyClient } = await proxyClient();
    return createProxyClient({
      proxy: parts.proxy,
      agent,
      fetch: parts.fetch,
      identity,
      renewed(ref) {
        const stored = store.load();
        if (stored?.ref?.conversation === ref.conversation) store.save({ ...stored, ref });
      },
      online,
      page: window,
      schedule(milliseconds, work) {
        const timer = setTimeout(work, milliseconds);
        return () => clearTimeout(timer);
      },
    });
  }

  return {
    store,
    online,
    // Until the client is loaded, a question that is stopped has surely not been sent.
    ready: () => proxyClient().catch(() => {}),
    page,
    transport: createLazyTransport(bring, online),
    newNames: () => ({ id: newId(crypto), name: newId(crypto), secret: newId(crypto) }),
    now: () => Date.now(),
    random: () => Math.random(),
    pause: (milliseconds, signal) => pause(window, milliseconds, signal),
    // The proxy takes well-formed tags only; a page may call its language anything.
    language: () => languages().find((tag) => /^[a-z]{2,8}(-[a-z0-9]{1,8}){0,3}$/i.test(tag)),
  };
}
