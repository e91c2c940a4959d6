/** What stands beside the conversation: a problem outside any turn, a word in passing, and a sheet over everything. */
import { ProblemNotice } from "./notice.tsx";
import { PassingWord } from "./passing-word.tsx";
import { SheetOverConversation } from "./sheet.tsx";

export function Asides() {
  return (
    <>
      <ProblemNotice />
      <PassingWord />
      <SheetOverConversation />
    </>
  );
}
