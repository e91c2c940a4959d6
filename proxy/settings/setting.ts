/** Definition of one setting: its variable, what it takes, its default, and a sentence about it. */
import type { Kind } from "./parsers.ts";

export type Setting<Value, Fallback> = {
  /** The environment variable. */
  readonly name: string;
  readonly kind: Kind<Value>;
  readonly fallback: Fallback;
  /** A secret is never printed; only secrets may also be in a file, named by `NAME_FILE`. */
  readonly secret?: true;
  /** One sentence for REFERENCE.md. */
  readonly doc: string;
};

/** Variable that names the file with a secret. */
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
type Read = <Value, Fallback>(setting: Setting<Value, Fallback>) => Value | Fallback;

type SettingTable = Readonly<Record<string, Setting<unknown, unknown>>>;

/** A table's values by the names of its settings. */
export type SettingValues<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends Setting<infer Value, infer Fallback>
    ? Value | Fallback
    : never;
};

/** Reads each setting of a table, in its order. */
export function readTable<Table extends SettingTable>(table: Table, read: Read): SettingValues<Table> {
  const values = Object.fromEntries(Object.entries(table).map(([name, each]) => [name, read(each)]));
  if (!isRead(table, values)) throw new Error("A setting was not read.");
  return values;
}

/** The compiler cannot follow a type through `Object.entries`; that a value is of its setting's type is `Read`'s promise. */
function isRead<Table extends SettingTable>(
  table: Table,
  values: Readonly<Record<string, unknown>>,
): values is SettingValues<Table> {
  return Object.keys(table).every((name) => Object.hasOwn(values, name));
}
