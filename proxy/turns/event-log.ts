/** Event log of a turn: the answer's text in one buffer, with the end of each piece, and the other events. */
import * as v from "valibot";
import type { StreamEventName } from "../protocol/events.ts";
import { deltaJson, deltaParts, eventParts, lengthOf, textOfDelta, type Part } from "./encode-event.ts";
import { GrowingArray } from "./resizable-array.ts";

/** An event that is no piece of the answer; a turn has a few. */
type Mark = { readonly id: number; readonly event: StreamEventName; readonly json: string };

/** Some events as parts of the stream; `last` is the number of the last of them. */
export type Excerpt = { readonly parts: readonly Part[]; readonly last: number };

const delta = v.object({ text: v.string() });
/** Bytes of memory that a mark takes beside its JSON. */
const markSize = 150;
/** Maximum of text bytes in one event: a client that is cut within an event receives all of it again. */
const largestEvent = 16_384;

/**
 * Consecutive pieces are sent as one event, under the number of the last: a reader that is behind, or that comes at the
 * end, costs a few copies of memory, however small the pieces were.
 */
export class EventLog {
  /** JSON-escaped, without quotation marks. */
  readonly #text = new GrowingArray((length) => Buffer.alloc(length));
  /** Length of the text after event number n, at index n - 1. */
  readonly #ends = new GrowingArray((length) => new Uint32Array(length));
  readonly #marks: Mark[] = [];

  /** How many events there are; the last one has this number. */
  get count(): number {
    return this.#ends.length;
  }

  /** The bytes of memory it takes. */
  get size(): number {
    const marks = this.#marks.reduce((sum, { json }) => sum + 2 * json.length + markSize, 0);
    return this.#text.size + this.#ends.size + marks;
  }

  get hasText(): boolean {
    return this.#text.length > 0;
  }

  /** The answer's text, JSON-escaped, without quotation marks. */
  get jsonText(): Uint8Array {
    return this.#slice(0, this.#text.length);
  }

  /** The answer's text. */
  get text(): string {
    return v.parse(delta, JSON.parse(deltaJson(this.jsonText))).text;
  }

  /** The data of the last event of that name as JSON; undefined when there is none. */
  jsonOf(name: StreamEventName): string | undefined {
    return this.#marks.findLast(({ event }) => event === name)?.json;
  }

  /** `json`: the event's data. */
  add(event: StreamEventName, json: string): void {
    if (event === "delta") this.#addText(textOfDelta(json));
    else this.#marks.push({ id: this.count + 1, event, json });
    this.#ends.add(1, (ends, place) => void (ends[place] = this.#text.length));
  }

  #addText(json: string): void {
    const length = Buffer.byteLength(json);
    this.#text.add(length, (bytes, place) => void bytes.write(json, place, length));
  }

  /** Nothing is added any more. */
  trim(): void {
    this.#text.trim();
    this.#ends.trim();
  }

  /** Bytes after that event, up to about this length; null when there are none yet. */
  read(after: number, largest: number): Excerpt | null {
    if (after >= this.count) return null;
    const parts: Part[] = [];
    let last = after;
    for (let length = 0; last < this.count && length < largest;) {
      const next = this.#next(last, Math.min(largest - length, largestEvent));
      parts.push(...next.parts);
      length += lengthOf(next.parts);
      last = next.last;
    }
    return { parts, last };
  }

  /** Each event after that one by itself, as it was added. */
  *after(last: number): Generator<{ event: StreamEventName; json: string }> {
    for (let id = last + 1; id <= this.count; id++) {
      const mark = this.#marks.find((each) => each.id === id);
      const text = this.#slice(this.#endOf(id - 1), this.#endOf(id));
      yield mark ?? { event: "delta", json: deltaJson(text) };
    }
  }

  #next(after: number, maxLength: number): Excerpt {
    const id = after + 1;
    const mark = this.#marks.find((each) => each.id > after);
    if (mark?.id === id) return { parts: eventParts(id, mark.event, mark.json), last: id };
    const from = this.#endOf(after);
    const last = this.#lastWithin(id, mark ? mark.id - 1 : this.count, from + maxLength);
    return { parts: deltaParts(last, this.#slice(from, this.#endOf(last))), last };
  }

  /** The last of these pieces at whose end the text is no longer than that; the first of them in any case. */
  #lastWithin(first: number, last: number, length: number): number {
    let [low, high] = [first, last];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#endOf(middle) <= length) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #endOf(id: number): number {
    return this.#ends.values[id - 1] ?? 0;
  }

  #slice(from: number, to: number): Uint8Array {
    return this.#text.values.subarray(from, to);
  }
}
