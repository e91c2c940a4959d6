/** Settings of visitors: identities, allowed sites, tokens, proof of work. */
import { createPublicKey } from "node:crypto";
import { agentOrigins } from "./agent-origins.ts";
import { oneOf, secret, text, wholeNumber } from "./parsers.ts";
import { secretSetting, setting } from "./setting.ts";

const claim = text("a text of at most 200 characters", /^[^\p{Cc}]{1,200}$/u);

const pem = secret(
  "an RSA public key of at least 2048 bits in PEM",
  (given) => /^-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----$/.test(given) && isStrongRsa(given),
);
/** Environment files hold one line for each variable, so that a line end is often written as `\n`. */
const publicKey: typeof pem = { ...pem, read: (given) => pem.read(given.replaceAll("\\n", "\n")) };

/** Checked with the settings, so that the start, the set-up check and a worker report it the same way. */
function isStrongRsa(pem: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(pem);
    // A runtime that does not report the length leaves the check to the library that verifies signatures.
    return asymmetricKeyType === "rsa" && (asymmetricKeyDetails?.modulusLength ?? 2048) >= 2048;
  } catch {
    return false;
  }
}

export const identityTable = {
  agentOrigins: setting(
    "AGENT_ORIGINS",
    agentOrigins,
    new Map<string, readonly string[]>(),
    "The sites of single agents: an agent listed here may be used by these alone, every other one by ALLOWED_ORIGINS.",
  ),
  identitySecret: secretSetting(
    "IDENTITY_SECRET",
    secret("at least 32 characters", (given) => given.length >= 32),
    "Your site signs the identity of its signed-in visitors with it (a JWT, HS256).",
  ),
  identityKey: secretSetting(
    "IDENTITY_PUBLIC_KEY",
    publicKey,
    "Checks identities that your site signs with the private key (a JWT, RS256).",
  ),
  identityIssuer: setting(
    "IDENTITY_ISSUER",
    claim,
    null,
    "What an identity's `iss` must be; unset takes any.",
  ),
  identityAudience: setting(
    "IDENTITY_AUDIENCE",
    claim,
    null,
    "What an identity's `aud` must hold; unset takes any.",
  ),
  visitorDays: setting(
    "VISITOR_DAYS",
    wholeNumber(1, 365),
    30,
    "How many days a visitor's token is good for; it is renewed while it is used.",
  ),
  proofOfWork: setting(
    "PROOF_OF_WORK",
    oneOf(["never", "busy", "always"]),
    "never",
    "When a new visitor's browser has to work for a moment before its first question: against scripts, without captchas.",
  ),
} as const;
