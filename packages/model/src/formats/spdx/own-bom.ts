/** A document that Breakwater wrote, read back exactly. What another tool has put into it since is handed on. */
import type { BomComponent, BomManifest } from '../../bom.ts';
import { heardEdges } from '../sbom/edges.ts';
import type { Fields } from '../sbom/json.ts';
import { anyText, record, text, texts } from '../sbom/json.ts';
import { byKey } from '../sbom/order.ts';
import { isPurl } from '../sbom/purl.ts';
import { regionOf } from '../sbom/region.ts';
import { ownAnnotation, pairsOf } from './annotation.ts';
import { addressOf, integrityOfChecksums, licenceOf, purlOf } from './fields.ts';
import { SUBJECT } from './ids.ts';

interface Part {
  readonly id: string;
  readonly place: string;
  readonly name: string;
  readonly item: Fields;
  readonly own: Fields;
}

interface Draft {
  readonly own: Fields;
  readonly parts: Part[];
}

export interface OwnReading {
  /** Sorted by uri. */
  readonly manifests: readonly BomManifest[];
  readonly rest: readonly Fields[];
}

export const ownManifests = (packages: readonly Fields[], dependsOn: ReadonlyMap<string, readonly string[]>): OwnReading => {
  const heard = packages.map((item) => ({ item, own: ownAnnotation(item['annotations']) }));
  const drafts = new Map<string, Draft>();
  for (const { own } of heard) {
    const uri = anyText(own?.['uri']);
    if (own !== undefined && uri !== undefined) drafts.set(uri, { own, parts: [] });
  }
  const rest: Fields[] = [];
  for (const { item, own } of heard) {
    if (item['SPDXID'] === SUBJECT || own?.['uri'] !== undefined) continue;
    const part = partOf(item, own);
    const draft = part === undefined ? undefined : drafts.get(anyText(part.own['manifest']) ?? '');
    if (part === undefined || draft === undefined) rest.push(item);
    else draft.parts.push(part);
  }
  const manifests = [...drafts].map(([uri, draft]) => manifestOf(uri, draft, dependsOn));
  return { manifests: manifests.sort(byKey(({ uri }) => uri)), rest };
};

const partOf = (item: Fields, own: Fields | undefined): Part | undefined => {
  const id = text(item['SPDXID']);
  const place = anyText(own?.['place']);
  if (own === undefined || id === undefined || place === undefined) return undefined;
  return { id, place, name: anyText(item['name']) ?? '', item, own };
};

const manifestOf = (uri: string, { own, parts }: Draft, dependsOn: ReadonlyMap<string, readonly string[]>): BomManifest => {
  const byPlace = new Map(parts.map((part) => [part.place, part]));
  const placeOf = new Map(parts.map(({ id, place }) => [id, place]));
  const formatVersion = anyText(own['formatVersion']);
  const components = [...byPlace.values()].map((part): BomComponent => {
    const places = (dependsOn.get(part.id) ?? []).flatMap((id) => placeOf.get(id) ?? []);
    return { ...componentOf(part), dependencies: heardEdges(places, pairsOf(part.own['named']), byPlace) };
  });
  return {
    uri,
    kind: anyText(own['kind']) ?? '',
    ...(formatVersion === undefined ? {} : { formatVersion }),
    direct: record(pairsOf(own['direct'])),
    components: components.sort(byKey(({ place }) => place)),
  };
};

/** Words of our own stand in the annotation. */
const NONE_DEFINED = new Map<string, string>();

const SCOPES: readonly BomComponent['scope'][] = ['required', 'optional', 'excluded'];

const componentOf = ({ place, name, item, own }: Part): Omit<BomComponent, 'dependencies'> => {
  const purl = purlOf(item['externalRefs']);
  const region = regionOf(text(own['region']));
  const integrity = anyText(own['integrity']) ?? integrityOfChecksums(item['checksums']);
  const resolved = anyText(own['resolved']) ?? addressOf(item['downloadLocation']);
  const license = anyText(own['license']) ?? licenceOf(item, NONE_DEFINED);
  const script = own['hasInstallScript'];
  const deprecated = anyText(own['deprecated']);
  const path = texts(own['path']);
  return {
    place,
    name,
    version: anyText(item['versionInfo']) ?? '',
    ...(purl !== undefined && isPurl(purl) ? { purl } : {}),
    scope: SCOPES.find((scope) => scope === own['scope']) ?? 'required',
    direct: own['direct'] === true,
    ...(region === undefined ? {} : { region }),
    ...(integrity === undefined ? {} : { integrity }),
    ...(resolved === undefined ? {} : { resolved }),
    ...(typeof script === 'boolean' ? { hasInstallScript: script } : {}),
    ...(license === undefined ? {} : { license }),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(path.length === 0 ? {} : { path }),
  };
};
