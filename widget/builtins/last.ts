/** Last member of a list, also in engines without `.at()`. */

export const lastIn = <Member>(list: readonly Member[]): Member | undefined => list[list.length - 1];
