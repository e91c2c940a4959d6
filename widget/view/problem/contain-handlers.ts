/** Error handling for event handlers: reports what they throw, and dispatches an event that bubbles to the panel. */
import { options, type VNode } from "preact";
import { report } from "../../conversation/contain.ts";

/** Event dispatched on the element whose handler failed. */
export const handlerError = "handler-error";

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
  // Preact may create an element a second time from the same props.
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

// Called while the element is created, so that an error belongs to that rendering.
options.vnode = containAll;
