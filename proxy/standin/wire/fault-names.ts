/** Names of all faults, each with one sentence. */

export const faults = {
  // instead of an answer, on any call
  unauthorized: "401, as for a key that was revoked.",
  forbidden: "403, as for a session this key may not use.",
  "not-found": "404, as for a project that was deleted.",
  "out-of-credits": "429 because the month's queries are used up; no Retry-After.",
  throttled: "429 because calls come too fast, with Retry-After: 2 and rate-limit headers.",
  "throttled-bare": "429 as the framework writes it by itself: no envelope, no Retry-After.",
  unprocessable: "422 as the framework writes it by itself: message and errors, no envelope.",
  "server-error": "500 with the JSON error envelope.",
  "bad-gateway": "502 with an HTML page.",
  unavailable: "503 with an HTML page and Retry-After: 3.",
  leaking: "500 whose body repeats the Authorization header and a stack trace, with a cookie.",
  redirect: "302 to another address on this host, which answers 200 and is counted.",
  "stalled-before-headers": "Nothing at all is answered until the caller leaves.",
  // how an answer's stream ends
  "stream-error-message": "The stream breaks off with an error whose text is in message.",
  "stream-error-field": "The stream breaks off with an error whose text is in error.",
  "stream-error-object": "The stream breaks off with an error whose text is in error.message.",
  "stream-error-data": "The stream breaks off with an error whose text is in data.message.",
  "stream-error-named": "The stream breaks off with an event named error that has no status.",
  "end-without-finish": "The stream ends after half of the answer; the record holds all of it.",
  "end-without-finish-unstored": "The stream ends after half of the answer and nothing is stored.",
  "end-before-finish": "The stream holds all of the answer and ends without its finish; it is stored.",
  "connection-cut": "The connection is destroyed after half of the answer; the record holds all of it.",
  "connection-cut-unstored": "The connection is destroyed after half of the answer and nothing is stored.",
  "stalled-stream": "The stream stops after half of the answer and stays open without a word.",
  "done-instead-of-finish": "The stream ends with [DONE] in place of its finish; the answer is stored.",
  "finish-by-name": "The last event is named finish and says so nowhere else.",
  "complete-instead-of-finish": "The last event's status is complete in place of finish.",
  // what a stream is made of
  "unnamed-events": "No event lines: data only.",
  "message-events": "Every event is named message.",
  crlf: "Lines end with CR LF.",
  "no-space-after-colon": "data: is followed by its value at once.",
  "several-data-lines": "Each event's JSON is spread over several data lines.",
  "no-last-blank-line": "The last event has no blank line after it.",
  heartbeats: "Comments, id and retry lines stand between the events.",
  "null-data": "An event whose data is null stands between the others.",
  "strange-frames": "Events of unknown status, malformed JSON and empty data stand between the others.",
  "split-utf8": "Chunks end in the middle of characters.",
  "byte-by-byte": "Each byte is a chunk of its own.",
  "one-big-delta": "All of the answer comes in one piece.",
  slow: "Eight times slower than usual.",
  "json-instead-of-stream": "A finished JSON answer although a stream was asked for.",
  "text-in-content": "Pieces carry their text in content.",
  "text-in-openai-response": "Pieces carry their text in openai_response.",
  "text-in-choices": "Pieces look like those of chat/completions.",
  "text-bare": "Pieces are bare text and no JSON.",
  "text-repeated-in-finish": "The finish repeats the whole answer in openai_response.",
  "empty-answer": "The answer is empty, and null in the record.",
  // citations
  "decimal-citations": 'Citations are texts such as "12061.0".',
  "object-citations": "Citations are objects with id, title and url.",
  "null-citations": "Citations are null.",
  "absent-citations": "Citations are left out.",
  "early-citations": "Citations come with the first pieces and not with the finish.",
  "junk-citations": "Between the real citations stand values that name nothing.",
  "citation-missing": "404 for the citation that is asked for.",
  "citation-without-url": "The citation's url is null.",
  "citation-javascript-url": "The citation's url and image are javascript: addresses.",
  "citation-empty": "All the citation's fields but its id are null.",
  // settings and lists
  "settings-2023": "Settings hold only the seven keys of 2023.",
  "settings-nulls": "Every setting is null.",
  "settings-zero-one": "Settings that are true or false come as 1 or 0.",
  "odd-dates": "Messages in a list are dated like 25 Jun 2023 05:01:11.",
} as const satisfies Record<string, string>;

export type FaultName = keyof typeof faults;

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faults, name);
}

export const faultNames: readonly FaultName[] = Object.keys(faults).filter(isFaultName);
