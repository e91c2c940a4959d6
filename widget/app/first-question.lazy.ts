/** The lazy files that sending a question needs. The build makes one file of them: `jointLazyFiles`. */
export * from "../browser/api/proxy-client.lazy.ts";
export * from "../browser/platform/composer-services.lazy.ts";
export * from "../conversation/turn.lazy.ts";
export * from "./streams.lazy.ts";
