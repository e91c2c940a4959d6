/** Checkbox with a label. */
import type { Signal } from "@preact/signals";

export function Checkbox({ label, value }: { label: string; value: Signal<boolean> }) {
  return (
    <label class="checkbox">
      <input
        type="checkbox"
        checked={value.value}
        onChange={(event) => {
          value.value = event.currentTarget.checked;
        }}
      />
      {label}
    </label>
  );
}
