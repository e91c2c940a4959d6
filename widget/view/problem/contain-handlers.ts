/** Error handling for event handlers: what they throw is reported, and an event tells the elements around. */
import { options, type VNode } from "preact";
import { report } from "../../conversation/contain.ts";

/** Told to the elements around the one that was used. */
export const handlerError = "mishap";

type Handler = (this: unknown, event: Event) => unknown;

// oxlint-disable-next-line no-restricted-globals -- keyed by handlers, which every chat has its own of
const contained = new WeakMap<object, Handler>();

function containing(handle: Handler): Handler {
  const known = contained.get(handle);
  if (known) return known;
  const made: Handler = function (event) {
    const { currentTarget } = event;
    const fail = (error: unknown) => {
      report(error);
      currentTarget?.dispatchEvent(new CustomEvent(handlerError, { bubbles: true }));
    };
    try {
      const done = handle.call(this, event);
      if (done instanceof Promise) done.catch(fail);
      return done;
    } catch (error) {
      return fail(error);
    }
  };
  contained.set(handle, made);
  // Preact may draw an element a second time from the same props.
  contained.set(made, made);
  return made;
}

const isHandler = (value: unknown): value is Handler => typeof value === "function";

function containAll({ type, props }: VNode): void {
  if (typeof type !== "string") return;
  for (const name in props) {
    const value: unknown = Reflect.get(props, name);
    if (name.startsWith("on") && isHandler(value)) Reflect.set(props, name, containing(value));
  }
}

// Called in the drawing that makes the element, so that what it throws is that drawing's.
options.vnode = containAll;
