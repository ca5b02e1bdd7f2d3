/** A document that Breakwater wrote, read back exactly. What another tool has put into it since is handed on. */
import type { BomComponent, BomManifest } from '../../bom.ts';
import { heardEdges } from '../sbom/edges.ts';
import { anyText, record, text, texts } from '../sbom/json.ts';
import { byKey, byText } from '../sbom/order.ts';
import { isPurl, joinedName, purlParts } from '../sbom/purl.ts';
import { manifestOfRef } from '../sbom/reference.ts';
import { regionOf } from '../sbom/region.ts';
import { addressOf, integrityOfHashes, licenceOf } from './fields.ts';
import type { Flat } from './flatten.ts';
import type { HeardProperties } from './properties.ts';
import * as own from './properties.ts';

interface Heard {
  readonly flat: Flat;
  readonly properties: HeardProperties;
}

type Graph = ReadonlyMap<string, readonly string[]>;

export interface OwnReading {
  /** Sorted by uri. */
  readonly manifests: readonly BomManifest[];
  readonly rest: readonly Flat[];
}

export const ownManifests = (flat: readonly Flat[], dependsOn: Graph): OwnReading => {
  const heard = flat.map((one): Heard => ({ flat: one, properties: own.heardProperties(one.component['properties']) }));
  const manifests = new Map<string, Heard>();
  for (const one of heard) if (isManifest(one)) manifests.set(one.flat.ref ?? '', one);
  const parts = new Map<string, Part[]>([...manifests.keys()].map((ref) => [ref, []]));
  const rest: Flat[] = [];
  const seen = new Set<string>();
  for (const one of heard) {
    if (isManifest(one) || one.properties.get(own.VEX_PRODUCT) !== undefined) continue;
    const part = partOf(one);
    const siblings = part === undefined || seen.has(part.ref) ? undefined : parts.get(manifestOfRef(part.ref));
    if (part === undefined || siblings === undefined) rest.push(one.flat);
    else {
      seen.add(part.ref);
      siblings.push(part);
    }
  }
  const read = [...manifests].map(([ref, manifest]) => manifestOf(manifest, parts.get(ref) ?? [], dependsOn));
  return { manifests: read.sort(byKey(({ uri }) => uri)), rest };
};

const isManifest = ({ flat, properties }: Heard): boolean => flat.ref !== undefined && properties.get(own.KIND) !== undefined;

interface Part {
  readonly ref: string;
  readonly place: string;
  readonly name: string;
  readonly heard: Heard;
}

/** The place is in our property, and the reference names the manifest: both are needed. */
const partOf = (heard: Heard): Part | undefined => {
  const { ref, component } = heard.flat;
  const place = heard.properties.get(own.PLACE);
  if (ref === undefined || place === undefined || !ref.includes('#')) return undefined;
  const purl = text(component['purl']);
  const type = purl === undefined ? undefined : purlParts(purl)?.type;
  return { ref, place, heard, name: joinedName(type, text(component['group']), anyText(component['name']) ?? '') };
};

const manifestOf = ({ flat, properties }: Heard, parts: readonly Part[], dependsOn: Graph): BomManifest => {
  const formatVersion = properties.get(own.FORMAT_VERSION);
  const byPlace = new Map(parts.map((part) => [part.place, part]));
  const placeOf = new Map(parts.map(({ ref, place }) => [ref, place]));
  const components = [...byPlace.values()].map((part): BomComponent => {
    const places = (dependsOn.get(part.ref) ?? []).flatMap((ref) => placeOf.get(ref) ?? []);
    const named = part.heard.properties.startingWith(own.DEPENDENCY);
    return { ...componentOf(part), dependencies: heardEdges(places, named, byPlace) };
  });
  return {
    uri: anyText(flat.component['name']) ?? '',
    kind: properties.get(own.KIND) ?? '',
    ...(formatVersion === undefined ? {} : { formatVersion }),
    direct: record([...properties.startingWith(own.RANGE)].sort(([a], [b]) => byText(a, b))),
    components: components.sort(byKey(({ place }) => place)),
  };
};

const SCOPES: readonly BomComponent['scope'][] = ['required', 'optional', 'excluded'];

const componentOf = ({ place, name, heard }: Part): Omit<BomComponent, 'dependencies'> => {
  const { properties, flat } = heard;
  const { component } = flat;
  const purl = text(component['purl']);
  const optional = {
    region: regionOf(properties.get(own.REGION)),
    integrity: properties.get(own.INTEGRITY) ?? integrityOfHashes(component['hashes']),
    resolved: properties.get(own.RESOLVED) ?? addressOf(component['externalReferences']),
    license: licenceOf(component['licenses']),
    deprecated: properties.get(own.DEPRECATED),
    path: namesOf(properties.get(own.PATH)),
  };
  const script = properties.get(own.INSTALL_SCRIPT);
  return {
    place,
    name,
    version: properties.get(own.VERSION) ?? anyText(component['version']) ?? '',
    ...(purl !== undefined && isPurl(purl) ? { purl } : {}),
    scope: SCOPES.find((scope) => scope === component['scope']) ?? 'required',
    direct: properties.get(own.DIRECT) === 'true',
    ...(optional.region === undefined ? {} : { region: optional.region }),
    ...(optional.integrity === undefined ? {} : { integrity: optional.integrity }),
    ...(optional.resolved === undefined ? {} : { resolved: optional.resolved }),
    ...(script === undefined ? {} : { hasInstallScript: script === 'true' }),
    ...(optional.license === undefined ? {} : { license: optional.license }),
    ...(optional.deprecated === undefined ? {} : { deprecated: optional.deprecated }),
    ...(optional.path === undefined ? {} : { path: optional.path }),
  };
};

/** `["a","b"]` */
const namesOf = (json: string | undefined): readonly string[] | undefined => {
  try {
    const names = texts(JSON.parse(json ?? '[]'));
    return names.length === 0 ? undefined : names;
  } catch {
    return undefined; // changed by another hand
  }
};
