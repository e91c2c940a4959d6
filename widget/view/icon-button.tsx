/** A button that shows only a pictogram and says its name to screen readers and on hovering. */
import type { ButtonHTMLAttributes } from "preact";
import { Icon } from "./icon.tsx";

type Props = Omit<ButtonHTMLAttributes, "icon" | "label"> & {
  /** An SVG path on a 24 px grid. */
  icon: string;
  label: string;
};

export function IconButton({ icon, label, ...attributes }: Props) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} {...attributes}>
      <Icon drawing={icon} />
    </button>
  );
}
