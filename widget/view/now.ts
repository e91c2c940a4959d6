/** The current time, for what is copied, printed or sent. */
export const now = (): Date => new Date();
