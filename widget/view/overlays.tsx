/** Overlays and status lines: notices, composer status, and the overlays of the actions. */
import { ComposerStatus } from "./question/composer-status.tsx";
import { ProblemNotice } from "./ui/notice.tsx";
import { Toast } from "./ui/toast.tsx";
import { useActions } from "./actions/load-actions.ts";

export function Overlays() {
  const actions = useActions();
  return (
    <>
      <ProblemNotice />
      <Toast />
      <ComposerStatus />
      {actions && <actions.ActionOverlays />}
    </>
  );
}
