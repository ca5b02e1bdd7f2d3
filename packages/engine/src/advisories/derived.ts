/** Derived functions as they stand in a line of the index, read back by hand like the rest of it (line.ts). */
import type { DerivedFunction, DerivedFunctions } from '../extractors/facts.ts';

type Json = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Json => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('derived is not what was written');
  return value as Json; // an object that is no list has keys and values, whatever they are
};

const textOf = (value: unknown): string => {
  if (typeof value !== 'string') throw new Error('derived is not what was written');
  return value;
};

const oneOf = <T extends string>(value: unknown, all: readonly T[]): T => {
  const found = all.find((item) => item === value);
  if (found === undefined) throw new Error('derived is not what was written');
  return found;
};

const listOf = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Error('derived is not what was written');
  return value;
};

const pairOf = (value: unknown): DerivedFunctions['pair'] => {
  const pair = objectOf(value);
  return { vulnerable: textOf(pair['vulnerable']), fixed: textOf(pair['fixed']) };
};

const functionOf = (value: unknown): DerivedFunction => {
  const from = objectOf(value);
  return {
    file: textOf(from['file']),
    name: textOf(from['name']),
    kind: oneOf(from['kind'], ['changed', 'removed', 'reader']),
    tier: oneOf(from['tier'], ['core', 'wide', 'swept']),
  };
};

/** Throws an Error. */
export const derivedFrom = (value: unknown): DerivedFunctions => {
  const from = objectOf(value);
  return {
    pair: pairOf(from['pair']),
    ...(from['others'] === undefined ? {} : { others: listOf(from['others']).map(pairOf) }),
    distance: oneOf(from['distance'], ['patch', 'minor', 'major', 'inexact']),
    ...(from['moduleOnly'] === undefined ? {} : { moduleOnly: textOf(from['moduleOnly']) }),
    functions: listOf(from['functions']).map(functionOf),
  };
};
