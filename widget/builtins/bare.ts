/** Objects without a prototype: nothing that a page adds to all objects is read as one of their members. */

export const bare = <Value extends object>(value: Value): Value => Object.setPrototypeOf(value, null);
