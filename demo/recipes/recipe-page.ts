/** Draws the pages of the recipes, and lists of links to them, from their list. */
import { escapeText, escapeWithCode } from "../site/escape.ts";
import type { Recipe } from "./recipe.ts";
import { pathOf, recipes } from "./recipes.ts";
import { exampleProxy } from "./tag.ts";

/** Text with code in backticks and links in markdown's form. */
const write = (text: string): string =>
  escapeWithCode(text).replace(/\[([^\]]+)\]\((\/[^)\s]+)\)/g, '<a href="$2">$1</a>');

/** The content of a recipe's page, opened by the comment with its title and description. */
export function drawRecipe(recipe: Recipe): string {
  const { name, where, steps, paste, check, trap, tried } = recipe;
  return `<!--
title: The chat in ${name}
description: Where to paste the chat's tag in ${name}, how to see that it works, and what is particular there.
-->
<h1>The chat in ${name}</h1>
<p class="lead">The tag goes here: ${write(where)}.</p>
<h2>Where do I paste the tag in ${name}?</h2>
<ol>${steps.map((step) => `<li>${write(step)}</li>`).join("\n")}</ol>
${paste.map(drawPaste).join("\n")}
<p>Put your own proxy's address in place of <code>${exampleProxy}</code>.</p>
<h2>How do I see that it works?</h2>
<p>
  List your site's address in the proxy's <code>ALLOWED_ORIGINS</code>. Then open the site, press the round
  button and ask something. ${write(check)}
  <a href="/embed#why-does-the-chat-not-appear-on-my-page">What to do if there is no button</a>.
</p>
<h2>${write(trap.question)}</h2>
<p>${write(trap.answer)}</p>
<p class="more">${write(tried)} <a href="/recipes">All recipes</a></p>`;
}

function drawPaste({ place, text }: Recipe["paste"][number]): string {
  return `<p><code>${place}</code></p>\n<pre data-place="${place}"><code>${escapeText(text)}</code></pre>`;
}

/** Items of a list: links to recipes, each with where the tag goes there. */
export function drawItems(listed: readonly Recipe[]): string {
  const items = listed.map(
    (recipe) =>
      `<li><strong><a href="${pathOf(recipe)}">${recipe.name}</a>:</strong> ${write(recipe.where)}.</li>`,
  );
  return items.join("\n");
}

/** The content of the page that leads to all recipes. */
export function drawOverview(): string {
  const kinds = [...new Set(recipes.map(({ kind }) => kind))].map(
    (kind) => `<h2>${kind}</h2>\n<ul>${drawItems(recipes.filter((recipe) => recipe.kind === kind))}</ul>`,
  );
  return `<!--
title: Recipes by platform
description: Where to paste the chat's tag in site builders, content management systems, tag managers, app frameworks and static site generators.
-->
<h1>Recipes by platform</h1>
<p class="lead">Where the tag goes, on the platforms that are asked for most.</p>
${kinds.join("\n")}`;
}
