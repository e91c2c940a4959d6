/** Badge on the launcher with the number of unread answers. */
import styles from "./unread.css?inline";

export { styles as unreadStyles };

export type UnreadBadge = {
  /** Shows a count; 0 removes the badge. `words` is its text for screen readers, also in the launcher's name. */
  show(count: number, words: string): void;
};

const highest = 9;

export function createUnreadBadge(frame: Element): UnreadBadge {
  const launcher = frame.querySelector(".launcher");
  const number = document.createElement("span");
  const status = document.createElement("span");
  number.className = "unread";
  number.ariaHidden = "true";
  status.className = "unread-words";
  status.id = "unread";
  // Screen readers announce a status without interrupting the visitor.
  status.setAttribute("role", "status");
  launcher?.after(status);
  return {
    show(count, words) {
      if (!launcher) return;
      launcher.id = "launcher";
      number.textContent = count > highest ? `${highest}+` : `${count}`;
      status.textContent = count > 0 ? words : "";
      if (count > 0) {
        status.after(number);
        launcher.setAttribute("aria-labelledby", "launcher unread");
      } else {
        number.remove();
        launcher.removeAttribute("aria-labelledby");
      }
    },
  };
}
