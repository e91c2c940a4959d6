/** Memoized components: rendered again only when a prop has changed. */
import { Component, type ComponentChildren, type ComponentType } from "preact";

/** Whether two props are equal; lists are if their members are the same objects. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  return (
    Array.isArray(one) &&
    Array.isArray(other) &&
    one.length === other.length &&
    one.every((member, index) => member === other[index])
  );
}

/** Creates a component that Preact skips, with all its content, while its props are equal. */
export function memo<Props extends object>(
  render: (props: Props) => ComponentChildren,
): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      for (const name in next) if (!isSame(next[name], this.props[name])) return true;
      return false;
    }

    override render(props: Props): ComponentChildren {
      return render(props);
    }
  };
}
