/** Which request a call upstream is made for, told by the call's abort signal, so that its log lines can name it. */

const names = new WeakMap<AbortSignal, string>();

/** Returns the signal, which from now on stands for that request's id. */
export function forRequest(signal: AbortSignal, id: string): AbortSignal {
  names.set(signal, id);
  return signal;
}

/** Undefined for what no single request asked for, such as the check at the start. */
export function requestOf(signal: AbortSignal): string | undefined {
  return names.get(signal);
}
