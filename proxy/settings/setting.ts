/** What one environment setting is: its variable, what it takes, what it is without it, and a sentence about it. */
import type { Kind } from "./parsers.ts";

export type Setting<Value, Fallback> = {
  /** The environment variable. */
  readonly name: string;
  readonly kind: Kind<Value>;
  readonly fallback: Fallback;
  /** A secret is never printed, and is the one kind of setting that may also lie in a file, named by `NAME_FILE`. */
  readonly secret?: true;
  /** One sentence for REFERENCE.md. */
  readonly doc: string;
};

/** The variable that names the file in which a secret lies. */
export const fileVariable = (name: string) => `${name}_FILE`;

export function setting<Value, const Fallback>(
  name: string,
  kind: Kind<Value>,
  fallback: Fallback,
  doc: string,
): Setting<Value, Fallback> {
  return { name, kind, fallback, doc };
}

export function secretSetting(name: string, kind: Kind<string>, doc: string): Setting<string, null> {
  return { name, kind, fallback: null, secret: true, doc };
}

/** Reads one setting from the environment, as read-settings.ts does. */
export type Read = <Value, Fallback>(setting: Setting<Value, Fallback>) => Value | Fallback;
