/** Places of any tool's SARIF as places relative to the root, as far as the log allows. */
import type { Location, Region } from '../../location.ts';
import type { InLocation, InResult, InRun } from './schema.ts';
import { decodePath } from './uri.ts';

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;

export const importedLocations = (run: InRun, locations: InResult['locations']): readonly Location[] =>
  (locations ?? []).map((location) => importedLocation(run, location));

/** The first thread of each flow: what viewers show. */
export const importedFlows = (run: InRun, result: InResult): readonly { readonly kind: unknown; readonly steps: readonly Location[] }[] =>
  (result.codeFlows ?? []).map((flow) => ({
    kind: flow.properties?.['kind'],
    steps: (flow.threadFlows?.[0]?.locations ?? []).flatMap((step) => (step.location ? [importedLocation(run, step.location)] : [])),
  }));

const importedLocation = (run: InRun, location: InLocation): Location => {
  const region = regionOf(location.physicalLocation?.region);
  const name = logicalName(run, location);
  const message = location.message?.text;
  return {
    uri: pathOf(run, location.physicalLocation?.artifactLocation),
    ...(region === undefined ? {} : { region }),
    ...(name ? { fullyQualifiedName: name } : {}),
    ...(message ? { message } : {}),
  };
};

const logicalName = (run: InRun, location: InLocation): string | undefined => {
  const logical = location.logicalLocations?.[0];
  const shared = run.logicalLocations?.[logical?.index ?? -1];
  return logical?.fullyQualifiedName ?? shared?.fullyQualifiedName ?? logical?.name ?? shared?.name ?? undefined;
};

type Artifact = NonNullable<InLocation['physicalLocation']>['artifactLocation'];

/** '' when there is no file. An absolute address below a known base loses the base; elsewhere it stays as it is. */
const pathOf = (run: InRun, artifact: Artifact): string => {
  const place = artifact?.uri ? artifact : (run.artifacts?.[artifact?.index ?? -1]?.location ?? artifact);
  const uri = (place?.uri ?? '').replaceAll('\\', '/');
  const bases = run.originalUriBaseIds ?? {};
  if (ABSOLUTE.test(uri)) {
    const base = Object.values(bases).find((candidate) => candidate.uri && ABSOLUTE.test(candidate.uri) && uri.startsWith(candidate.uri));
    return decodePath(uri.slice(base?.uri?.length ?? 0));
  }
  const base = bases[place?.uriBaseId ?? '']?.uri ?? '';
  const relative = base === '' || ABSOLUTE.test(base) ? uri : `${base.replace(/\/?$/, '/')}${uri}`;
  return decodePath(relative.replace(/^(?:\.\/)+/, ''));
};

/** Tools write 0 or -1 for "not known"; SARIF counts from 1. */
const regionOf = (region: NonNullable<InLocation['physicalLocation']>['region']): Region | undefined => {
  const line = positive(region?.startLine);
  if (line === undefined) return undefined;
  const startColumn = positive(region?.startColumn);
  const endLine = positive(region?.endLine);
  const endColumn = positive(region?.endColumn);
  return {
    startLine: line,
    ...(startColumn === undefined ? {} : { startColumn }),
    ...(endLine === undefined ? {} : { endLine }),
    ...(endColumn === undefined ? {} : { endColumn }),
  };
};

const positive = (value: number | null | undefined): number | undefined => (typeof value === 'number' && value >= 1 ? value : undefined);
