/** Stage of a scene: a browser with one tab, and the service behind it. */
import { createDevice } from "./device.ts";
import type { ReadFile } from "./module-loader.ts";
import { openService } from "./service.ts";
import { openTab, type Tab } from "./tab.ts";
import { visitorAt, type Visitor } from "./visitor.ts";

const page = "https://shop.example.com/";

export type Stage = ReturnType<typeof openStage>;

/** `members` are additional globals of the page's scripts. */
export function openStage(read: ReadFile, members: object, answers: { cites?: boolean } = {}) {
  const service = openService(answers);
  const { time } = service;
  const device = createDevice((work) => void time.schedule(0, work));
  let tab: Tab | null = null;
  let visitor: Visitor | null = null;

  /** Reloads the page. */
  async function load(): Promise<Visitor> {
    const before = tab;
    before?.close();
    const session = before ? { session: before.session } : {};
    // The real build fetches a failed file under another address; here it may be loaded under the same.
    const others = { members, keepsFailed: false, ...session };
    tab = await openTab({ page, time, device, read, fetch: service.fetch, ...others });
    visitor = visitorAt(tab, time);
    await time.pass(50);
    return visitor;
  }

  return {
    service,
    load,
    /** The visitor with the chat open, as it is if it was open before. */
    async opened(): Promise<Visitor> {
      if (visitor?.isOpen()) return visitor;
      const first = await load();
      first.press('[part~="launcher"]');
      await first.pressUntil(first.isOpen);
      return first;
    },
    close: () => tab?.close(),
  };
}
