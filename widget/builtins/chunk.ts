/** Chunks of a list: while the list grows at its end, only the last chunk has to render again. */

export function chunk<Member>(members: readonly Member[], size: number): Member[][] {
  const found: Member[][] = [];
  for (let at = 0; at < members.length; at += size) found.push(members.slice(at, at + size));
  return found;
}
