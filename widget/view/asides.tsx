/** What stands beside the conversation: a problem outside any turn, and a sheet over everything. */
import { ProblemNotice } from "./notice.tsx";
import { SheetOverConversation } from "./sheet.tsx";

export function Asides() {
  return (
    <>
      <ProblemNotice />
      <SheetOverConversation />
    </>
  );
}
