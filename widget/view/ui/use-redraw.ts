/** Hook that renders a component again when something other than a signal has changed. */
import { useSignal } from "@preact/signals";

export function useRedraw(): () => void {
  const version = useSignal(0);
  void version.value;
  return () => {
    version.value = version.peek() + 1;
  };
}
