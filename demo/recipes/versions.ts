/** What the tests build real sites with: packages and their versions, by recipe. */

export const versions = {
  nextjs: { next: "16.4.6", react: "19.3.1", "react-dom": "19.3.1" },
  astro: { astro: "5.18.2" },
  docusaurus: {
    "@docusaurus/core": "3.10.2",
    "@docusaurus/preset-classic": "3.10.2",
    react: "19.3.1",
    "react-dom": "19.3.1",
  },
  ghost: { gscan: "5.4.3" },
} as const;

/** The release of Ghost whose themes are tried; the rest of it is not installed. */
export const ghostRelease = "5.130.6";
