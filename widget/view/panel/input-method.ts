/** Input methods: which keys belong to one and not to the chat. */

/** What `keyCode` is for a key that an input method has taken (UI Events, 7.3.1). */
const processedByInputMethod = 229;

/**
 * Whether an input method has taken the key, as Enter that picks a word or Escape that takes a composition back. Safari
 * sends that key only after `compositionend`, when `isComposing` is false already; its code tells it all the same.
 */
export const isInputMethodKey = (event: KeyboardEvent): boolean =>
  event.isComposing || event.keyCode === processedByInputMethod;
