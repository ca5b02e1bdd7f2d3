/** Our names in CycloneDX's property store, for what the standard has no field for. @see https://github.com/CycloneDX/cyclonedx-property-taxonomy */
import { fields, items, text } from '../sbom/json.ts';
import { byText } from '../sbom/order.ts';
import type { CdxProperty } from './types.ts';

/** Of the document: written by Breakwater, in this form. */
export const BOM = 'breakwater:bom';
/** Of the document: something of the target could not be read. */
export const INCOMPLETE = 'breakwater:incomplete';
/** Of a manifest. `breakwater:range:<name>`: what the project asks for. */
export const KIND = 'breakwater:kind';
export const FORMAT_VERSION = 'breakwater:format-version';
export const RANGE = 'breakwater:range:';
/** Of a component. `breakwater:dependency:<name>`: the place that it calls so, where the graph alone does not say it. */
export const PLACE = 'breakwater:place';
export const VERSION = 'breakwater:version';
export const DIRECT = 'breakwater:direct';
export const REGION = 'breakwater:region';
export const INTEGRITY = 'breakwater:integrity';
export const RESOLVED = 'breakwater:resolved';
export const INSTALL_SCRIPT = 'breakwater:install-script';
export const PATH = 'breakwater:path';
export const DEPRECATED = 'breakwater:deprecated';
export const DEPENDENCY = 'breakwater:dependency:';
/** Of a component that only a VEX statement names, and of the statements. */
export const VEX_PRODUCT = 'breakwater:vex-product';
export const VEX = 'breakwater:vex:';
export const PRODUCT = 'breakwater:product';

type Value = string | boolean | undefined;

/** What is known of it, sorted by name. */
export const propertiesOf = (...pairs: readonly (readonly [name: string, value: Value])[]): readonly CdxProperty[] =>
  pairs
    .flatMap(([name, value]): CdxProperty[] => (value === undefined ? [] : [{ name, value: String(value) }]))
    .sort((a, b) => byText(a.name, b.name) || byText(a.value, b.value));

export interface HeardProperties {
  /** The first of that name. */
  readonly get: (name: string) => string | undefined;
  readonly all: (name: string) => readonly string[];
  /** rest of the name → value, of names that begin with `prefix`. */
  readonly startingWith: (prefix: string) => readonly (readonly [string, string])[];
}

/** A property may lack its value; then it is ''. */
export const heardProperties = (list: unknown): HeardProperties => {
  const pairs = items(list).flatMap((item): [string, string][] => {
    const { name, value } = fields(item);
    const known = text(name);
    return known === undefined ? [] : [[known, text(value) ?? '']];
  });
  return {
    get: (name) => pairs.find(([one]) => one === name)?.[1],
    all: (name) => pairs.filter(([one]) => one === name).map(([, value]) => value),
    startingWith: (prefix) => pairs.filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]),
  };
};
