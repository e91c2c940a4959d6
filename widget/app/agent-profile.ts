/** Agent profile: the agent's name, picture and texts, with what the site's owner set in their place. */
import type { AgentProfile } from "../../proxy/protocol/bodies.ts";
import type { PanelOptions } from "../options/table.ts";
import type { ReadBootOption } from "../embed/types.ts";

/** The agent's own profile with the options of this site applied; an option that is not set leaves the agent's value. */
export function customizeProfile(
  own: AgentProfile,
  bootOption: ReadBootOption,
  panelOption: <Name extends keyof PanelOptions>(name: Name) => PanelOptions[Name],
): AgentProfile {
  const disclosure = panelOption("disclosure");
  const isOff = disclosure?.toLowerCase() === "off";
  return {
    ...own,
    title: bootOption("title") ?? own.title,
    avatar: panelOption("avatar") ?? own.avatar,
    placeholder: panelOption("placeholder") ?? own.placeholder,
    texts: { ...own.texts, disclosure: isOff ? "" : (disclosure ?? own.texts.disclosure) },
  };
}
