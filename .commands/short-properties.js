/** Plugin that makes what visitors load smaller still: 800 bytes until a first answer is on screen. */
import { minify } from "terser";

/**
 * Properties of objects that only the chat's own files see: no name that the proxy, the browser's storage, the tag or the
 * page uses, and none that is read by a text (`architecture.test.ts` proves it). The most frequent come first.
 */
export const ownProperties = `
  live indent pageContext online drawn restoring linkTarget repair wanted isAfterSpace unclosed draft isOut
  isRepairing early transcript blankInQuotes takeColumns nextKey partial tried loose outcome closing takeSigns
  blanks closes around opens dismiss handlers isThere mayBeThere leads renew onRetry pendingText reading
  inlinePieces openBrackets spent pendingFrom lastTarget opensInNewTab usingPage withdraw nested naming footnotes
  composerServices addressOf scroller oldest backoff setPhase isTaken newTurn isNews leaves askEarly unsure lookups
  refChanged among waitsForNetwork agentAnswered scrollable onThisPage beforeLetter otherwise titled citationOpened
  toLatest dismissProblem newest saveOpenState panelOption channelName newNames setRemote isOnlyHere isFollowed
  mayLead renewed onQuestion onFinish latest reconnecting youAsked usePage withoutPage charactersTooMany
  charactersLeft allSources sourcesHere signedOut closeChat stopUpstream hasResponded atOnce contactClient pageChoice
  questionPages announced startRemote setTaken setRef goThere catchUp copyCode headTimeoutMs maxLookups relation
  chosenStarters fetchedProfile languageTags loadedMessages bootOption
`
  .trim()
  .split(/\s+/);

/** The same of objects that only the tag's own files see. */
export const tagProperties = `
  launcherButton settings isShown changeOptions isOver agentProfile fetching starting started revealing entryOptions optionSource home
  accent onAccent serve openOption
`
  .trim()
  .split(/\s+/);

/** Names for the first of them: each letter that is no property in the sources, as `d` is of a path. */
export const letters = "abcefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** @param {readonly string[]} names */
const shortened = (names) => ({
  regex: new RegExp(`^(?:${names.join("|")})$`),
  props: Object.fromEntries(
    names.map((name, index) => [`$${name}`, letters[index] ?? `_${index.toString(36)}`]),
  ),
});

/**
 * Shortens them in all files of the chat alike, since these share objects, and in the tag, and compresses each file once
 * more: Terser finds what the bundler's minifier leaves.
 *
 * @returns {import("vite").Plugin}
 */
export function shortProperties() {
  const chat = shortened(ownProperties);
  const tag = shortened(tagProperties);
  return {
    name: "short-properties",
    applyToEnvironment: (environment) => ["chat", "tag"].includes(environment.name),
    augmentChunkHash: () => letters + ownProperties.join(),
    async generateBundle(_, bundle) {
      const { regex, props } = this.environment.name === "tag" ? tag : chat;
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        const { code } = await minify(file.code, {
          module: true,
          ecma: 2020,
          // Turning comparisons round makes code shorter by little and less alike by more.
          compress: { passes: 3, comparisons: false, lhs_constants: false },
          mangle: { properties: { regex, keep_quoted: true } },
          nameCache: { props: { props } },
        });
        if (!code) throw new Error(`${file.fileName} was compressed to nothing.`);
        file.code = code;
      }
    },
  };
}
