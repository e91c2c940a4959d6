/** Overlays and status lines beside the conversation: notices, toasts, composer status and sheets. */
import { AboveField } from "./question/composer-status.tsx";
import { ProblemNotice } from "./ui/notice.tsx";
import { HostPage } from "./host-page.tsx";
import { Toast } from "./ui/toast.tsx";
import { SheetOverConversation } from "./ui/sheet.tsx";

export function Overlays() {
  return (
    <>
      <ProblemNotice />
      <Toast />
      <AboveField />
      <SheetOverConversation />
      <HostPage />
    </>
  );
}
