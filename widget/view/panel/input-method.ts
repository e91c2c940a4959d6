/** Input methods (IME): detection of keys that they handle. */

/** `keyCode` of a key that an input method handles (UI Events, 7.3.1). */
const processedByInputMethod = 229;

/**
 * Whether an input method handles the key, such as Enter that picks a word or Escape that cancels a composition. Safari
 * sends the key after `compositionend`, when `isComposing` is false already, but with this `keyCode`.
 */
export const isInputMethodKey = (event: KeyboardEvent): boolean =>
  event.isComposing || event.keyCode === processedByInputMethod;
