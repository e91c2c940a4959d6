/** Overlays of the actions: toasts, sheets, and the watcher of the host page. */
import { HostPage } from "../host-page.tsx";
import { Toast } from "../ui/toast.tsx";
import { SheetOverlay } from "../ui/sheet.tsx";

export function ActionOverlays() {
  return (
    <>
      <Toast />
      <SheetOverlay />
      <HostPage />
    </>
  );
}
