/** Any tool's SPDX 2.2 or 2.3 in JSON as a Bom: exactly what was written when Breakwater wrote it, one manifest of kind `sbom` otherwise. */
import type { Bom, BomComponent } from '../../bom.ts';
import type { Result } from '../../result.ts';
import { err, ok } from '../../result.ts';
import type { ForeignPackage } from '../sbom/foreign.ts';
import { foreignManifest, freeUri } from '../sbom/foreign.ts';
import type { Fields } from '../sbom/json.ts';
import { anyText, fields, isFields, items, text, texts } from '../sbom/json.ts';
import { byKey } from '../sbom/order.ts';
import type { BomReading, LeftOut, ReadOptions } from '../sbom/reading.ts';
import { instantOf, MAX_COMPONENTS } from '../sbom/reading.ts';
import { ownAnnotation } from './annotation.ts';
import type { DefinedLicences } from './fields.ts';
import { addressOf, definedLicences, integrityOfChecksums, licenceOf, purlOf } from './fields.ts';
import { SUBJECT } from './ids.ts';
import { ownManifests } from './own-bom.ts';
import type { Relations } from './relationships.ts';
import { relationsOf } from './relationships.ts';

const faultOf = (document: Fields, most: number): string | undefined => {
  if (!/^SPDX-2\.[23]$/.test(text(document['spdxVersion']) ?? '')) return 'spdxVersion: only 2.2 and 2.3 are read';
  const noList = ['packages', 'relationships'].find((name) => !Array.isArray(document[name] ?? []));
  if (noList !== undefined) return `${noList}: is no list`;
  return items(document['packages']).length > most ? `packages: more than ${most}` : undefined;
};

/** Never throws. The error names the first place that does not fit. */
export const parseSpdx = (json: unknown, options: ReadOptions): Result<BomReading, string> => {
  const document = fields(json);
  const fault = faultOf(document, options.maxComponents ?? MAX_COMPONENTS);
  if (fault !== undefined) return err(fault);
  const packages = items(document['packages']).filter(isFields);
  const relations = relationsOf(document);
  const own = ownAnnotation(document['annotations']);
  const isOwn = own?.['bom'] === 1;
  const { manifests, rest } = isOwn ? ownManifests(packages, relations.dependsOn) : { manifests: [], rest: packages };
  const head = isOwn ? ownHead(document, packages, own) : foreignHead(document, packages, relations, options.uri);
  if (isOwn && rest.length === 0) return ok({ bom: { ...head, manifests }, left: [] });
  const licences = definedLicences(document);
  const listed = isOwn ? rest : withoutSubject(rest, relations);
  const read = foreignManifest({
    uri: freeUri(options.uri, manifests),
    formatVersion: text(document['spdxVersion'])?.replace('SPDX-', '') ?? '',
    packages: listed.map((item) => packageOf(item, relations, licences)),
    dependsOn: relations.dependsOn,
    contains: relations.contains,
    roots: relations.described,
  });
  const bom = { ...head, manifests: [...manifests, read.manifest].sort(byKey(({ uri }) => uri)) };
  const files = items(document['files']).map((item): LeftOut => ({ name: fileName(item), why: 'is a file, not a package' }));
  return ok({ bom, left: [...oddOf(document), ...subjectAlone(rest, listed), ...read.left, ...files] });
};

const fileName = (item: unknown): string => text(fields(item)['fileName']) ?? 'a file without a name';

const oddOf = (document: Fields): readonly LeftOut[] =>
  items(document['packages']).flatMap((item): LeftOut[] => (isFields(item) ? [] : [{ name: 'a package', why: 'is no object' }]));

type Head = Omit<Bom, 'manifests'>;

const subjectIn = (packages: readonly Fields[], id: string | undefined): Fields | undefined =>
  id === undefined ? undefined : packages.find((item) => item['SPDXID'] === id);

const ownHead = (document: Fields, packages: readonly Fields[], own: Fields): Head => {
  const subject = fields(subjectIn(packages, SUBJECT));
  const tool = fields(own['tool']);
  const version = anyText(subject['versionInfo']);
  return {
    subject: { name: anyText(subject['name']) ?? anyText(document['name']) ?? '', ...(version === undefined ? {} : { version }) },
    tool: { name: anyText(tool['name']) ?? '', version: anyText(tool['version']) ?? '' },
    createdAt: instantOf(own['createdAt']),
    ...(own['incomplete'] === true && { incomplete: true as const }),
  };
};

/** One described package is the subject; of several none is. */
const subjectId = ({ described }: Relations): string | undefined => (described.length === 1 ? described[0] : undefined);

const foreignHead = (document: Fields, packages: readonly Fields[], relations: Relations, uri: string): Head => {
  const subject = subjectIn(packages, subjectId(relations));
  const version = text(subject?.['versionInfo']);
  const creation = fields(document['creationInfo']);
  return {
    subject: { name: text(subject?.['name']) ?? text(document['name']) ?? uri, ...(version === undefined ? {} : { version }) },
    tool: toolOf(texts(creation['creators'])),
    createdAt: instantOf(creation['created']),
  };
};

/** §6.8: `Tool: name-version`. */
const toolOf = (creators: readonly string[]): Bom['tool'] => {
  const [, name = 'unknown', version = ''] =
    creators.map((one) => /^Tool: (.+?)(?:-(v?\d[^-\s]*))?$/.exec(one)).find((found) => found !== null) ?? [];
  return { name, version };
};

const withoutSubject = (packages: readonly Fields[], relations: Relations): readonly Fields[] => {
  const subject = subjectId(relations);
  return subject === undefined ? packages : packages.filter((item) => item['SPDXID'] !== subject);
};

/** A document about one package and nothing in it: not looked at, so it is said. */
const subjectAlone = (all: readonly Fields[], listed: readonly Fields[]): readonly LeftOut[] =>
  listed.length > 0
    ? []
    : all.flatMap((item): LeftOut[] =>
        purlOf(item['externalRefs']) === undefined
          ? []
          : [{ name: text(item['name']) ?? 'a package', why: 'is what the document is about, not a part of it' }],
      );

/** A described package is no dependency of anything, but it is looked at. */
const scopeOf = (id: string | undefined, { scopes }: Relations): BomComponent['scope'] => scopes.get(id ?? '') ?? 'required';

const packageOf = (item: Fields, relations: Relations, licences: DefinedLicences): ForeignPackage => {
  const ref = text(item['SPDXID']);
  return {
    ref,
    name: text(item['name']) ?? ref ?? 'a package without a name',
    version: text(item['versionInfo']),
    purl: purlOf(item['externalRefs']),
    type: text(item['primaryPackagePurpose'])?.toLowerCase(),
    scope: scopeOf(ref, relations),
    integrity: integrityOfChecksums(item['checksums']),
    resolved: addressOf(item['downloadLocation']),
    license: licenceOf(item, licences),
  };
};
