/** Cuts a list that grows at its end into groups, so that all but the last can be skipped when it is drawn again. */

export function groups<Member>(members: readonly Member[], size: number): Member[][] {
  const found: Member[][] = [];
  for (let at = 0; at < members.length; at += size) found.push(members.slice(at, at + size));
  return found;
}
