/** Secrets and addresses that the attack tests use. */

/** The key that must stay inside; shaped as the service's are. */
export const key = "4711|KeyThatMustNeverLeaveTheProxyAtAll0123456789abcd";
export const site = "https://shop.example.com";
export const startPath = "/v1/agents/default/conversations";
