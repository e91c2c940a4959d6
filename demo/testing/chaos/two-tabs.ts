/** Browser with up to two tabs, the built chat in each, and the service behind it, for the chaos tests. */
import { readdirSync, readFileSync } from "node:fs";
import { createDevice } from "../tab/device.ts";
import { openService } from "../tab/service.ts";
import { openTab, type Tab } from "../tab/tab.ts";
import { visitorAt, type Visitor } from "../tab/visitor.ts";
import { createNetwork } from "./test-network.ts";

const page = "https://shop.example.com/";

type Place = { tab: Tab; visitor: Visitor; close(): void };

export type TwoTabs = ReturnType<typeof openTwoTabs>;

const folder = "dist/widget";

/** Read in advance, because the time of a disk access varies. */
export function readBuiltFiles(): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".js"),
  );
  return new Map(names.map((name) => [`/${name}`, readFileSync(`${folder}/${name}`, "utf8")]));
}

export function openTwoTabs(files: ReadonlyMap<string, string>) {
  const service = openService();
  const { time } = service;
  const device = createDevice((work) => void time.schedule(0, work));
  const testNetwork = createNetwork(time, service.fetch, async (address) => {
    const text = files.get(new URL(address).pathname);
    if (text === undefined) throw new Error(`There is no ${address}.`);
    return text;
  });
  const places: [Place | null, Place | null] = [null, null];
  const uncaught: string[] = [];
  let isOnline = true;

  async function load(which: number, session?: Tab["session"]): Promise<Visitor> {
    const connection = testNetwork.open();
    const tab = await openTab({
      page,
      time,
      device,
      read: (address) => connection.read(address),
      fetch: (address, init) => connection.fetch(address, init),
      ...(session && { session }),
    });
    tab.network.online = isOnline;
    const visitor = visitorAt(tab, time);
    places[which] = {
      tab,
      visitor,
      close() {
        connection.close();
        tab.close();
        uncaught.push(...tab.uncaught);
      },
    };
    await time.pass(50);
    return visitor;
  }

  function close(which: number): Tab["session"] | undefined {
    const place = places[which];
    place?.close();
    places[which] = null;
    return place?.tab.session;
  }

  return {
    service,
    time,
    testNetwork,
    kept: device.kept,
    /** The tab, opened if it is not. */
    at: async (which: number): Promise<Visitor> => places[which]?.visitor ?? load(which),
    isThere: (which: number) => places[which] !== null,
    visitors: (): Visitor[] => places.flatMap((place) => place?.visitor ?? []),
    close: (which: number) => void close(which),
    reload: (which: number): Promise<Visitor> => load(which, close(which)),
    setOnline(is: boolean): void {
      isOnline = is;
      testNetwork.setOnline(is);
      for (const place of places) {
        if (!place || place.tab.network.online === is) continue;
        const { window, network } = place.tab;
        network.online = is;
        window.dispatchEvent(new window.Event(is ? "online" : "offline"));
      }
    },
    /** Closes everything; returns uncaught errors. */
    end(): string[] {
      close(0);
      close(1);
      return uncaught;
    },
  };
}
