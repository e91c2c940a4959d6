/** JSON serialization that ignores `toJSON` methods which a page added to built-in objects. */

/** Replacer that runs after a `toJSON` of the page, and returns the original value. */
function asItIs(this: unknown, name: string): unknown {
  return Reflect.get(Object(this), name);
}

export const asJson = (value: object): string => JSON.stringify(value, asItIs);
