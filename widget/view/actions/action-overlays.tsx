/** Overlays of the actions: sheets, and the watcher of the host page. */
import { HostPage } from "../host-page.tsx";
import { SheetOverlay } from "../ui/sheet.tsx";

export function ActionOverlays() {
  return (
    <>
      <SheetOverlay />
      <HostPage />
    </>
  );
}
