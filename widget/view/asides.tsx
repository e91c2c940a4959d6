/** What stands beside the conversation: problems outside any turn, what goes with asking, a word in passing, sheets, and the page. */
import { AboveField } from "./above-field.tsx";
import { ProblemNotice } from "./notice.tsx";
import { PageAround } from "./page-around.tsx";
import { PassingWord } from "./passing-word.tsx";
import { SheetOverConversation } from "./sheet.tsx";

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
