/** Weights in `Accept` and `Accept-Encoding` headers. */

/** Of a longer header the rest is not read: 16,000 commas took as long as twenty requests. */
export const maxHeaderLength = 1000;

/** Weight of a media type or encoding, 0 to 1; undefined when the header does not mention it. */
export function weightOf(header: string, wanted: string): number | undefined {
  for (const part of header.slice(0, maxHeaderLength).toLowerCase().split(",")) {
    const [name, ...parameters] = part.split(";").map((piece) => piece.trim());
    if (name !== wanted) continue;
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    const weight = quality === undefined ? 1 : Number(quality.slice(2));
    return Number.isFinite(weight) ? Math.min(Math.max(weight, 0), 1) : 0;
  }
  return undefined;
}

/**
 * Whether an `Accept` header prefers the first media type to the second. At equal weight a named type wins over one
 * that only a wildcard covers; otherwise, and without a header, the second wins.
 */
export function prefers(accept: string | undefined, first: string, second: string): boolean {
  if (accept === undefined) return false;
  const lead = mediaWeight(accept, first) - mediaWeight(accept, second);
  const onlyFirstIsNamed = weightOf(accept, second) === undefined && weightOf(accept, first) !== undefined;
  return lead > 0 || (lead === 0 && onlyFirstIsNamed && mediaWeight(accept, first) > 0);
}

function mediaWeight(accept: string, type: string): number {
  const family = `${type.slice(0, type.indexOf("/"))}/*`;
  return weightOf(accept, type) ?? weightOf(accept, family) ?? weightOf(accept, "*/*") ?? 0;
}
