/** Cuts a list that grows at its end into groups, so that all but the last can be skipped when it is drawn again. */

export function groups<Member>(members: readonly Member[], size: number): Member[][] {
  return Array.from({ length: Math.ceil(members.length / size) }, (_, index) =>
    members.slice(index * size, (index + 1) * size),
  );
}
