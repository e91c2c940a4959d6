/** Menu button with its menu, after the ARIA Authoring Practices. */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { IconButton } from "../ui/icon-button.tsx";
import { Icon } from "../ui/icon.tsx";
import { icons } from "../ui/icons.ts";
import { isInputMethodKey } from "./input-method.ts";
import { conversationActions } from "../actions/load-actions.ts";
import { conversationView } from "./load-conversation.ts";
import type { MenuItem } from "../menu-types.ts";

/** The commands beyond the first are views of the conversation, and so is what they show. */
function loadCommands() {
  void conversationView.load();
  void conversationActions.load();
}

/** In Safari a pressed button does not take the focus: the list would close before the click. */
const keepFocus = (event: MouseEvent) => event.preventDefault();

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

function Item({ icon, label, disabled, onSelect, close }: MenuItem & { close: () => void }) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={disabled}
      onClick={(event) => {
        if (disabled) return undefined;
        close();
        return onSelect(event.currentTarget);
      }}
    >
      <Icon path={icon} />
      {label}
    </button>
  );
}

/** Moves the focus by `step`, and from the last entry to the first. */
function moveFocus(entries: readonly HTMLElement[], step: number) {
  const at = entries.findIndex((entry) => entry.matches(":focus"));
  entries[(at + step + entries.length) % entries.length]?.focus();
}

export function Menu({ label, items }: { label: string; items: readonly MenuItem[] }) {
  const open = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const entries = () => [...(root.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];

  useLayoutEffect(() => {
    if (!open.value) return;
    entries()[0]?.focus();
    loadCommands();
  }, [open.value]);

  function close() {
    open.value = false;
    root.current?.querySelector("button")?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isInputMethodKey(event)) return;
    const step = steps[event.key];
    if (event.key === "Escape" && open.value) {
      event.preventDefault();
      close();
    } else if (step) {
      event.preventDefault();
      moveFocus(entries(), step);
      open.value = true;
    }
  }

  function onFocusOut(event: FocusEvent) {
    if (!(event.relatedTarget instanceof Node && root.current?.contains(event.relatedTarget)))
      open.value = false;
  }

  return (
    <div
      class="menu"
      role="presentation"
      ref={root}
      onKeyDown={onKeyDown}
      onFocusOut={onFocusOut}
      onFocusIn={loadCommands}
      onPointerOver={loadCommands}
      onMouseDown={keepFocus}
    >
      <IconButton
        icon={icons.more}
        label={label}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      />
      {open.value && (
        <div class="menu-list" role="menu" aria-label={label}>
          {items.map((item) => (
            <Item {...item} close={close} />
          ))}
        </div>
      )}
    </div>
  );
}
