/** Request and response headers of our own, beyond `authorization`, in lower case. */

/** Request: the visitor's identity as a JWT signed by the owner. */
export const identityHeader = "visitor-identity";

/** Request: the solution of the challenge that a refusal carried. */
export const proofHeader = "visitor-proof";

/**
 * Request: a random secret of the browser, sent with the question that starts a conversation. A request without a token
 * that repeats this question joins its answer only with the same secret. 22 to 128 letters of base64url, or a UUID.
 */
export const secretHeader = "turn-secret";

/** Response: a fresh token in place of the one that was sent, which grows old. */
export const renewalHeader = "visitor-token";
