/** Values as JSON, whatever a page taught its objects, lists and texts about that. */

/** Is asked after a `toJSON` of the page's, and takes the value as it was before. */
function asItIs(this: unknown, name: string): unknown {
  return Reflect.get(Object(this), name);
}

export const asJson = (value: object): string => JSON.stringify(value, asItIs);
