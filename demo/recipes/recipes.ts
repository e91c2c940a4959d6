/** Every recipe, in the order of the guide; pages, overview, links and tests come from this list. */
import { anyWebsite } from "./any-website.ts";
import { apps } from "./apps.ts";
import { contentManagement } from "./content-management.ts";
import type { Recipe } from "./recipe.ts";
import { siteBuilders } from "./site-builders.ts";

export const recipes: readonly Recipe[] = [...anyWebsite, ...siteBuilders, ...contentManagement, ...apps];

export const pathOf = (recipe: Recipe): string => `/recipes/${recipe.slug}`;
