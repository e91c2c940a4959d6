/** What stands beside the conversation: a problem outside any turn, a word in passing, a sheet over everything, and the page. */
import { ProblemNotice } from "./notice.tsx";
import { PageAround } from "./page-around.tsx";
import { PassingWord } from "./passing-word.tsx";
import { SheetOverConversation } from "./sheet.tsx";

export function Asides() {
  return (
    <>
      <ProblemNotice />
      <PassingWord />
      <SheetOverConversation />
      <PageAround />
    </>
  );
}
