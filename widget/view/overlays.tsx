/** What stands beside the conversation: problems outside any turn, what goes with asking, a word in passing, sheets, and the page. */
import { AboveField } from "./question/composer-status.tsx";
import { ProblemNotice } from "./ui/notice.tsx";
import { PageAround } from "./host-page.tsx";
import { PassingWord } from "./ui/toast.tsx";
import { SheetOverConversation } from "./ui/sheet.tsx";

export function Asides() {
  return (
    <>
      <ProblemNotice />
      <PassingWord />
      <AboveField />
      <SheetOverConversation />
      <PageAround />
    </>
  );
}
