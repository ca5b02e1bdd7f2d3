/** Walking, weighing and moving Terraform values. */
import type { Region } from '@breakwater/model';
import type { TerraformValue } from '../facts.ts';
import type { Step } from './syntax.ts';

/** What lies under the steps; a step into a reference lengthens the reference. `undefined` = not there or not known. */
export const follow = (value: TerraformValue, steps: readonly Step[]): TerraformValue | undefined => {
  let here: TerraformValue | undefined = value;
  for (const step of steps) {
    const key = keyOf(step);
    if (here === undefined || key === undefined) return undefined;
    here = under(here, key);
  }
  return here;
};

const keyOf = (step: Step): string | undefined => {
  if ('name' in step) return step.name;
  return 'index' in step && step.index.kind === 'literal' ? String(step.index.value) : undefined;
};

const under = (value: TerraformValue, key: string): TerraformValue | undefined => {
  switch (value.kind) {
    case 'object':
      return Object.hasOwn(value.entries, key) ? value.entries[key] : undefined;
    case 'list':
      return /^\d{1,6}$/.test(key) ? value.items[Number(key)] : undefined;
    case 'reference':
      return value.to.length < 1000 ? { ...value, to: `${value.to}.${key}` } : undefined;
    default:
      return undefined;
  }
};

/** Heavier values are not copied: 20,000 nodes are far above any real local. */
const MAX_WEIGHT = 20_000;

/** Number of nodes, texts counted by length; Infinity above the limit, where counting stops, so shared parts cannot make it slow. */
export const weight = (value: TerraformValue): number => {
  const open: TerraformValue[] = [value];
  let sum = 0;
  for (let next = open.pop(); next !== undefined && sum <= MAX_WEIGHT; next = open.pop()) {
    sum += 1;
    if (next.kind === 'list') open.push(...next.items.slice(0, MAX_WEIGHT));
    else if (next.kind === 'object') open.push(...Object.values(next.entries).slice(0, MAX_WEIGHT));
    else if (next.kind === 'unknown') sum += next.expression.length / 32;
    else if (next.kind === 'literal' && typeof next.value === 'string') sum += next.value.length / 32;
  }
  return sum > MAX_WEIGHT ? Number.POSITIVE_INFINITY : sum;
};

/** The same value at the place of use: a finding points into the resource, not at the variable's default in another file. */
export const moved = (value: TerraformValue, region: Region): TerraformValue => {
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => moved(item, region)), region };
  if (value.kind !== 'object') return { ...value, region };
  const entries: Record<string, TerraformValue> = Object.create(null); // keys are the repository's: no prototype to hit
  for (const [key, entry] of Object.entries(value.entries)) entries[key] = moved(entry, region);
  return { kind: 'object', entries, region };
};
