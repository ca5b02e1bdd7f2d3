/** Any tool's CycloneDX 1.2 to 1.7 as a Bom: exactly what was written when Breakwater wrote it, one manifest of kind `sbom` otherwise. */
import type { Bom, BomComponent } from '../../bom.ts';
import type { Result } from '../../result.ts';
import { err, ok } from '../../result.ts';
import type { ForeignPackage } from '../sbom/foreign.ts';
import { foreignManifest, freeUri } from '../sbom/foreign.ts';
import type { Fields } from '../sbom/json.ts';
import { anyText, fields, isFields, items, text, texts } from '../sbom/json.ts';
import { byKey } from '../sbom/order.ts';
import { joinedName } from '../sbom/purl.ts';
import type { BomReading, LeftOut, ReadOptions } from '../sbom/reading.ts';
import { instantOf, MAX_COMPONENTS } from '../sbom/reading.ts';
import { addressOf, licenceOf, publishedIntegrity } from './fields.ts';
import type { Flat } from './flatten.ts';
import { flattened } from './flatten.ts';
import { ownManifests } from './own-bom.ts';
import * as own from './properties.ts';

/** What is wrong with the document as a whole; `undefined` when it can be read. */
export const faultOf = (json: unknown): string | undefined => {
  if (!isFields(json) || json['bomFormat'] !== 'CycloneDX') return 'bomFormat: is not CycloneDX';
  if (!/^1\.[2-7]$/.test(text(json['specVersion']) ?? '')) return 'specVersion: only 1.2 to 1.7 are read';
  const noList = ['components', 'dependencies', 'vulnerabilities'].find((name) => !Array.isArray(json[name] ?? []));
  if (noList !== undefined) return `${noList}: is no list`;
  return isFields(json['metadata'] ?? {}) ? undefined : 'metadata: is no object';
};

/** Never throws. The error names the first place that does not fit. */
export const parseCycloneDx = (json: unknown, options: ReadOptions): Result<BomReading, string> => {
  const fault = faultOf(json);
  if (fault !== undefined || !isFields(json)) return err(fault ?? 'is no object');
  const metadata = fields(json['metadata']);
  const root = fields(metadata['component']);
  const most = options.maxComponents ?? MAX_COMPONENTS;
  const listed = flattened([...items(root['components']), ...items(json['components'])], most);
  if (listed === undefined) return err(`components: more than ${most}`);
  const dependsOn = graphOf(json['dependencies']);
  const heard = own.heardProperties(metadata['properties']);
  const isOwn = heard.get(own.BOM) !== undefined;
  const partial = heard.get(own.INCOMPLETE) === 'true' ? { incomplete: true as const } : {};
  const { manifests, rest } = isOwn ? ownManifests(listed.flat, dependsOn) : { manifests: [], rest: listed.flat };
  const head = { subject: subjectOf(root, options.uri), tool: toolOf(metadata), createdAt: instantOf(metadata['timestamp']), ...partial };
  if (isOwn && rest.length === 0) return ok({ bom: { ...head, manifests }, left: listed.left });
  const read = foreignManifest({
    uri: freeUri(options.uri, manifests),
    formatVersion: text(json['specVersion']) ?? '',
    packages: withoutSubject(rest, text(root['bom-ref'])).map(packageOf),
    dependsOn,
    contains: new Map(),
    roots: [text(root['bom-ref']) ?? []].flat(),
  });
  const bom = { ...head, manifests: [...manifests, read.manifest].sort(byKey(({ uri }) => uri)) };
  return ok({ bom, left: [...listed.left, ...subjectAlone(root, rest), ...read.left] });
};

/** Some tools list what the document is about among its parts; a project is no dependency of its own. */
const withoutSubject = (flat: readonly Flat[], subject: string | undefined): readonly Flat[] =>
  subject === undefined ? flat : flat.filter(({ ref }) => ref !== subject);

/** A document about one package and nothing in it: not looked at, so it is said. */
const subjectAlone = (root: Fields, rest: readonly Flat[]): readonly LeftOut[] =>
  text(root['purl']) !== undefined && rest.every(({ ref }) => ref === root['bom-ref'])
    ? [{ name: nameOf(root), why: 'is what the document is about, not a part of it' }]
    : [];

/** `dependsOn` of one reference may stand in several entries. */
const graphOf = (dependencies: unknown): ReadonlyMap<string, readonly string[]> => {
  const graph = new Map<string, readonly string[]>();
  for (const item of items(dependencies)) {
    const { ref, dependsOn } = fields(item);
    const from = text(ref);
    if (from === undefined) continue;
    const known = graph.get(from);
    graph.set(from, known === undefined ? texts(dependsOn) : [...known, ...texts(dependsOn)]);
  }
  return graph;
};

const nameOf = (component: Fields): string =>
  joinedName(undefined, text(component['group']), text(component['name']) ?? text(component['bom-ref']) ?? 'a component without a name');

const subjectOf = (root: Fields, uri: string): Bom['subject'] => {
  const group = text(root['group']);
  const name = anyText(root['name']) ?? uri;
  const version = own.heardProperties(root['properties']).get(own.VERSION) ?? anyText(root['version']);
  return { name: joinedName(undefined, group, name), ...(version === undefined ? {} : { version }) };
};

/** Until 1.4 a list of tools, since 1.5 components; both are still written. */
const toolOf = (metadata: Fields): Bom['tool'] => {
  const { tools } = metadata;
  const tool = fields(Array.isArray(tools) ? tools[0] : items(fields(tools)['components'])[0]);
  const version = own.heardProperties(tool['properties']).get(own.VERSION) ?? anyText(tool['version']) ?? '';
  return { name: anyText(tool['name']) ?? 'unknown', version };
};

/** Names of CycloneDX's registered taxonomies, and the values by which tools mark what is for development beside a scope that may say less. */
const DEVELOPMENT: ReadonlyMap<string, RegExp> = new Map([
  ['cdx:npm:package:development', /^true$/],
  ['cdx:composer:package:isDevRequirement', /^true$/],
  ['cdx:nuget:development', /^true$/],
  ['cdx:maven:component_scope', /^test$/],
  ['cdx:gradle:component_scope', /^test(?:Implementation|Compile|Runtime)$/],
]);

const isDevelopment = (component: Fields): boolean =>
  items(component['properties']).some((item) => {
    const { name, value } = fields(item);
    return typeof value === 'string' && typeof name === 'string' && DEVELOPMENT.get(name)?.test(value) === true;
  });

const scopeOf = (component: Fields): BomComponent['scope'] => {
  const { scope } = component;
  if (scope === 'excluded' || isDevelopment(component)) return 'excluded';
  return scope === 'optional' ? 'optional' : 'required';
};

const packageOf = ({ ref, component }: Flat): ForeignPackage => ({
  ref,
  name: nameOf(component),
  version: text(component['version']),
  purl: text(component['purl'])?.trim(),
  type: text(component['type']),
  scope: scopeOf(component),
  integrity: publishedIntegrity(component),
  resolved: addressOf(component['externalReferences']),
  license: licenceOf(component['licenses']),
});
