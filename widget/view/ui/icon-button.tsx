/** A button that shows only a pictogram; its title names it, on hovering and for screen readers, which would else say it twice. */
import type { ButtonHTMLAttributes } from "preact";
import { Icon } from "./icon.tsx";

type Props = Omit<ButtonHTMLAttributes, "icon" | "label"> & {
  /** An SVG path on a 24 px grid. */
  icon: string;
  label: string;
};

export function IconButton({ icon, label, ...attributes }: Props) {
  return (
    <button type="button" class="icon-button" title={label} {...attributes}>
      <Icon drawing={icon} />
    </button>
  );
}
