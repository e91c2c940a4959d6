/** Icon button, named by its title only: with an `aria-label` as well, screen readers would read the name twice. */
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
      <Icon path={icon} />
    </button>
  );
}
