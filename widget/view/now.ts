/** What time it is, for what is copied, printed or sent. */
export const now = (): Date => new Date();
