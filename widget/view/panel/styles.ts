/** Style sheet of the panel as one text, for a constructed style sheet. */
import composer from "./composer.css?inline";
import header from "./header.css?inline";
import panel from "./panel.css?inline";
import tokens from "./tokens.css?inline";
import transcript from "./transcript.css?inline";
import loading from "../ui/loading.css?inline";
import welcome from "./welcome.css?inline";

export const chatStyles: string = [tokens, panel, header, transcript, loading, welcome, composer].join("\n");
