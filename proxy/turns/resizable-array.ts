/** Array of bytes or numbers that grows at its end: one buffer, doubled when it is full. */

type Values = Buffer | Uint32Array;

const smallest = 64;

/** Written values never change, so that views of them stay valid. */
export class GrowingArray<Kind extends Values> {
  readonly #make: (length: number) => Kind;
  #values: Kind;
  #length = 0;

  /** `make`: new memory of that length, shared with nothing else. */
  constructor(make: (length: number) => Kind) {
    this.#make = make;
    this.#values = make(0);
  }

  /** Its values; beyond `length` there are none yet. */
  get values(): Kind {
    return this.#values;
  }

  get length(): number {
    return this.#length;
  }

  /** The bytes of memory it takes. */
  get size(): number {
    return this.#values.byteLength;
  }

  /** Extends it by `more`; `write` fills the new part from its index on. */
  add(more: number, write: (values: Kind, place: number) => void): void {
    const place = this.#length;
    this.#length += more;
    if (this.#length > this.#values.length)
      this.#resize(Math.max(this.#length, 2 * this.#values.length, smallest));
    write(this.#values, place);
  }

  /** Gives back the room that nothing will fill any more. */
  trim(): void {
    if (this.#length < this.#values.length) this.#resize(this.#length);
  }

  #resize(length: number): void {
    const resized = this.#make(length);
    resized.set(this.#values.subarray(0, length));
    this.#values = resized;
  }
}
