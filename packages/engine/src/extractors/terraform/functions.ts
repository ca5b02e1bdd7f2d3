/** The few Terraform functions whose result follows from known arguments alone; every other call stays unknown. */
import type { Region } from '@breakwater/model';
import type { TerraformValue } from '../facts.ts';

type Call = (given: readonly TerraformValue[], region: Region) => TerraformValue | undefined;

/** `undefined` = not known. */
export const callFunction = (name: string, given: readonly TerraformValue[], region: Region): TerraformValue | undefined =>
  FUNCTIONS.get(name)?.(given, region);

const first: Call = ([value]) => value;

const ofText =
  (change: (text: string) => string | number | boolean | undefined): Call =>
  ([value], region) => {
    if (value?.kind !== 'literal' || value.value === null) return undefined;
    const changed = change(String(value.value));
    return changed === undefined ? undefined : { kind: 'literal', value: changed, region };
  };

const concat: Call = (given, region) => {
  const lists = given.filter((value) => value.kind === 'list');
  return lists.length === given.length ? { kind: 'list', items: lists.flatMap((list) => list.items), region } : undefined;
};

const merge: Call = (given, region) => {
  const entries: Record<string, TerraformValue> = Object.create(null); // keys are the repository's: no prototype to hit
  for (const value of given) {
    if (value.kind !== 'object') return undefined;
    Object.assign(entries, value.entries);
  }
  return { kind: 'object', entries, region };
};

const lookup: Call = ([map, key, otherwise]) => {
  if (map?.kind !== 'object' || key?.kind !== 'literal') return undefined;
  return map.entries[String(key.value)] ?? otherwise;
};

const FUNCTIONS: ReadonlyMap<string, Call> = new Map<string, Call>([
  // jsonencode(x) is read as x: who looks at a policy wants its structure, not its spelling.
  ['jsonencode', first],
  ['toset', first],
  ['tolist', first],
  ['tomap', first],
  ['sensitive', first],
  ['nonsensitive', first],
  ['tostring', ofText((text) => text)],
  ['tonumber', ofText((text) => (/^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : undefined))],
  ['tobool', ofText((text) => (text === 'true' ? true : text === 'false' ? false : undefined))],
  ['lower', ofText((text) => text.toLowerCase())],
  ['upper', ofText((text) => text.toUpperCase())],
  ['trimspace', ofText((text) => text.trim())],
  ['concat', concat],
  ['merge', merge],
  ['lookup', lookup],
]);
