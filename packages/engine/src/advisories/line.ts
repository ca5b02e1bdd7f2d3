/** A line of the facts file, checked by hand: a tenth of the time of a schema, and a scan reads thousands of them (bench/advisories.ts). */
import type { AdvisoryFacts, OsvEvent } from '../extractors/facts.ts';
import { derivedFrom } from './derived.ts';

/** A line: AdvisoryFacts with its package; empty lists are left out. */
export interface Line {
  readonly ecosystem: string;
  readonly package: string;
  readonly advisory: AdvisoryFacts;
}

type Json = Readonly<Record<string, unknown>>;
type Ranges = AdvisoryFacts['ranges'];

const broken = (what: string): Error => new Error(`${what} is not what was written`);

const objectOf = (value: unknown, what: string): Json => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw broken(what);
  return value as Json; // an object that is no list has keys and values, whatever they are
};

const textOf = (from: Json, key: string): string => {
  const value = from[key];
  if (typeof value !== 'string') throw broken(key);
  return value;
};

const listOf = (from: Json, key: string): readonly unknown[] => {
  const value = from[key];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw broken(key);
  return value;
};

const textsOf = (from: Json, key: string): readonly string[] =>
  listOf(from, key).map((value) => {
    if (typeof value !== 'string') throw broken(key);
    return value;
  });

const TEXTS = ['cvss', 'published', 'patched', 'informational'] as const;
const FLAGS = ['malicious'] as const;
const EVENTS: readonly string[] = ['introduced', 'fixed', 'last_affected', 'limit'];
const SEVERITIES: readonly string[] = ['critical', 'high', 'medium', 'low'];

const eventOf = (value: unknown): OsvEvent => {
  const event = objectOf(value, 'an event');
  for (const [key, version] of Object.entries(event)) if (!EVENTS.includes(key) || typeof version !== 'string') throw broken('an event');
  return event;
};

const rangeOf = (value: unknown): Ranges[number] => {
  const range = objectOf(value, 'a range');
  const { type } = range;
  if (type !== 'SEMVER' && type !== 'ECOSYSTEM') throw broken('a range');
  return { type, events: listOf(range, 'events').map(eventOf) };
};

const severityOf = (from: Json): AdvisoryFacts['severity'] => {
  const severity = textOf(from, 'severity');
  if (!SEVERITIES.includes(severity)) throw broken('severity');
  return severity as AdvisoryFacts['severity']; // one of the four, as just checked
};

/** Throws an Error that names the field. */
export const factsOf = (value: unknown): AdvisoryFacts => {
  const from = objectOf(value, 'the line');
  const { severityStated } = from;
  if (typeof severityStated !== 'boolean') throw broken('severityStated');
  for (const key of FLAGS) if (from[key] !== undefined && typeof from[key] !== 'boolean') throw broken(key);
  for (const key of TEXTS) if (from[key] !== undefined) textOf(from, key);
  return {
    id: textOf(from, 'id'),
    aliases: textsOf(from, 'aliases'),
    severity: severityOf(from),
    severityStated,
    ...Object.fromEntries([...TEXTS, ...FLAGS].flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]]))),
    cwes: textsOf(from, 'cwes'),
    ranges: listOf(from, 'ranges').map(rangeOf),
    versions: textsOf(from, 'versions'),
    functions: textsOf(from, 'functions'),
    ...(from['derived'] === undefined ? {} : { derived: derivedFrom(from['derived']) }),
  };
};

/** Throws an Error that names the field, or a SyntaxError. */
export const readLine = (text: string): Line => {
  const json = objectOf(JSON.parse(text), 'the line');
  return { ecosystem: textOf(json, 'ecosystem'), package: textOf(json, 'package'), advisory: factsOf(json) };
};

const withoutEmpty = (facts: AdvisoryFacts): object =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => !(Array.isArray(value) && value.length === 0)));

export const writeLine = ({ ecosystem, package: name, advisory }: Line): string =>
  `${JSON.stringify({ ecosystem, package: name, ...withoutEmpty(advisory) })}\n`;
