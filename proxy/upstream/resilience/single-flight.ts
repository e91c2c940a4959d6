/** Single flight: callers who need the same result at the same time share one call. */

type Flight<Value> = { result: Promise<Value>; waiting: number; land: AbortController };

/**
 * Returns `join(key, signal, start)`: starts the call or joins the one under way. A caller who aborts leaves the
 * others' call running; when the last one has left, the call's own signal is aborted.
 */
export function createSingleFlight<Value>() {
  const flights = new Map<string, Flight<Value>>();

  return async function join(
    key: string,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    signal.throwIfAborted();
    const flight = flights.get(key) ?? takeOff(key, start);
    flight.waiting += 1;
    let leave: () => void = () => undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal.reason);
    });
    signal.addEventListener("abort", leave);
    try {
      return await Promise.race([flight.result, left]);
    } finally {
      signal.removeEventListener("abort", leave);
      flight.waiting -= 1;
      if (flight.waiting === 0) {
        if (flights.get(key) === flight) flights.delete(key);
        flight.land.abort(signal.reason);
      }
    }
  };

  function takeOff(key: string, start: (signal: AbortSignal) => Promise<Value>): Flight<Value> {
    const land = new AbortController();
    const flight = { result: start(land.signal), waiting: 0, land };
    flights.set(key, flight);
    const forget = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.result.then(forget, forget);
    return flight;
  }
}
