/** Plugin that makes what visitors load smaller still: 700 bytes until a first answer is on screen. */
import { minify } from "terser";

/**
 * Properties of objects that only the chat's own files see: no name that the proxy, the browser's storage, the tag or the
 * page uses, and none that is read by a text (`architecture.test.ts` proves it). Long names and frequent ones count.
 */
export const ownProperties = [
  ..."isAfterSpace indent blankInQuotes takeColumns takeSigns nextKey partial isOut tried blanks closes beforeLetter".split(
    " ",
  ),
  ..."around opens drawn nested naming otherwise unclosed titled atOnce loose footnotes linkTarget repair isRepairing".split(
    " ",
  ),
  ..."restoring live draft pageContext composerServices contactClient addressOf citationOpened pageChoice".split(
    " ",
  ),
  ..."questionPages announced scroller toLatest dismiss dismissProblem newest oldest early handlers outcome".split(
    " ",
  ),
  ..."saveOpenState panelOption channelName newNames online backoff setPhase startRemote setRemote setTaken setRef".split(
    " ",
  ),
  ..."isTaken newTurn isNews isThere isOnlyHere isFollowed mayBeThere mayLead leads leaves renew renewed askEarly".split(
    " ",
  ),
  ..."onQuestion onFinish onRetry goThere catchUp unsure looked refChanged among transcript latest reconnecting".split(
    " ",
  ),
  ..."opensInNewTab waitsForNetwork agentAnswered youAsked usingPage usePage withoutPage charactersTooMany".split(
    " ",
  ),
  ..."charactersLeft scrollable allSources sourcesHere signedOut closeChat copyCode onThisPage relation withdraw".split(
    " ",
  ),
];

/**
 * Shortens them in all files of the chat alike, since these share objects, and compresses each file, and the tag, once
 * more: Terser finds what the bundler's minifier leaves.
 *
 * @returns {import("vite").Plugin}
 */
export function shortProperties() {
  const regex = new RegExp(`^(?:${ownProperties.join("|")})$`);
  const props = Object.fromEntries(
    ownProperties.map((name, index) => [`$${name}`, `_${index.toString(36)}`]),
  );
  return {
    name: "short-properties",
    applyToEnvironment: (environment) => ["chat", "tag"].includes(environment.name),
    augmentChunkHash: () => ownProperties.join(),
    async generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        const { code } = await minify(file.code, {
          module: true,
          ecma: 2020,
          // Turning comparisons round makes code shorter by little and less alike by more.
          compress: { passes: 2, comparisons: false },
          mangle: { properties: { regex, keep_quoted: true } },
          nameCache: { props: { props } },
        });
        if (!code) throw new Error(`${file.fileName} was compressed to nothing.`);
        file.code = code;
      }
    },
  };
}
