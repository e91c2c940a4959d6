/** The request and response headers of ours, beyond `authorization`, in lower case. */

/** Request: the owner's signed word (a JWT) on who this visitor is. */
export const identityHeader = "visitor-identity";

/** Request: the solution of the challenge that a refusal carried. */
export const proofHeader = "visitor-proof";

/** Response: a fresh token in place of the one that was sent, which grows old. */
export const renewalHeader = "visitor-token";
