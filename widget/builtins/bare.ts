/** Takes an object's prototype away, so that nothing a page adds to all objects is read as one of its members. */

export const bare = <Value extends object>(value: Value): Value => Object.setPrototypeOf(value, null);
