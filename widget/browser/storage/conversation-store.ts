/** Store of the conversation in the browser; survives storage that is blocked, full, corrupt or of another version. */
import type { Lifetime } from "../../options/parsers.ts";
import { asJson } from "../../builtins/as-json.ts";
import { parseStored } from "./parse-stored.ts";
import { isJsonObject, parseJson } from "../api/json-object.ts";
import type { JsonObject } from "../api/json-object.ts";
import { notesKey } from "./keys.ts";
import type { HistoryStore } from "./types.ts";

/** Version of the stored object. 2 has a date and earlier conversations; 1, which is read as well, did not. */
const version = 2;
const readable: readonly unknown[] = [1, version];

const day = 24 * 60 * 60 * 1_000;
const maxNameLength = 200;
const maxArchived = 20;

export type StoreOptions = {
  /** Both may throw, as they do in a sandboxed frame or when the visitor blocks them. */
  readonly device: () => Storage;
  readonly tab: () => Storage;
  readonly key: string;
  /** How long the owner wants it stored. */
  readonly lifetime: () => Lifetime;
  /** Names the present visitor; what was stored for another one is deleted. */
  readonly who: () => string;
  readonly now: () => number;
};

/** The stored object. Where storage fails, it lasts as long as the page. */
function createRecord({ device, tab, key, lifetime, who, now }: StoreOptions) {
  /** What could not be written to storage, or must not be. */
  let here: JsonObject | null = null;
  /** The text last seen: a storage that cannot be read still has it. */
  let seen: string | null = null;

  function chosen(): (() => Storage) | null {
    const kind = lifetime();
    return kind === "page" ? null : kind === "visit" ? tab : device;
  }

  function attempt<Result>(use: (storage: Storage) => Result, storage = chosen()): Result | null {
    try {
      return storage && use(storage());
    } catch {
      return null;
    }
  }

  function isPast({ who: owner = "", at = now() }: JsonObject): boolean {
    const days = lifetime();
    return owner !== who() || (typeof days === "number" && now() - Number(at) > days * day);
  }

  const textIn = (storage: Storage) => storage.getItem(key);
  const readText = (storage: Storage) => void (seen = textIn(storage));
  const found = () => {
    attempt(readText);
    return here ?? parseJson((chosen() && seen) ?? "");
  };

  const read = (value: unknown = found()): JsonObject | null =>
    isJsonObject(value) && readable.includes(value["version"]) && !isPast(value) ? value : null;

  function write(all: JsonObject, at: unknown = now()): void {
    const whole = { ...all, version, who: who(), at };
    const save = (part: object) =>
      attempt((storage) => {
        const text = asJson({ ...whole, ...part });
        storage.setItem(key, text);
        // A page may have replaced the storage by something that stores nothing.
        readText(storage);
        return seen === text;
      });
    here = null;
    if (save({})) return;
    here = whole;
    // A full storage must not bring back outdated values, but what it still takes is stored.
    if (!save({ pending: null }) && !save({ pending: null, ref: null }))
      attempt((storage) => storage.removeItem(key));
  }

  function clear(): void {
    here = seen = null;
    attempt((storage) => storage.removeItem(key));
    attempt((storage) => storage.removeItem(notesKey(key)), tab);
  }

  const atFirst = found();
  if (isJsonObject(atFirst) && isPast(atFirst)) clear();

  return {
    read,
    write,
    clear,
    elsewhere: () => [device, tab].filter((storage) => storage !== chosen() && attempt(textIn, storage)),
  };
}

/** Nothing is written before the first `save`. */
export function createStore(options: StoreOptions): HistoryStore {
  const { read, write, clear, elsewhere } = createRecord(options);
  const memory: HistoryStore = {
    read,
    write,
    clear,
    elsewhere,
    key: options.key,
    load: () => parseStored(read()),
    save(what) {
      const before = read();
      // Once a conversation goes on, a question is no longer its first.
      const question = before?.["ref"] ? undefined : what.pending?.question.slice(0, maxNameLength);
      write({ ...before, ...what, name: before?.["name"] ?? question });
    },
    forget() {
      const earlier = read()?.["earlier"];
      if (earlier) write({ earlier });
      else clear();
    },
    archive(question) {
      if (!memory.load()) return;
      const { earlier, at = options.now(), name = question, ...rest } = read() ?? {};
      const others = Object.entries(Object(earlier)).slice(1 - maxArchived);
      write({ earlier: Object.fromEntries([...others, [at, { ...rest, at, name }]]) });
    },
    adoptArchived: (turn, ref) =>
      void import("./history.lazy.ts")
        .then(({ adoptArchived }) => adoptArchived(memory, turn, ref))
        .catch(() => {}),
  };
  return memory;
}
