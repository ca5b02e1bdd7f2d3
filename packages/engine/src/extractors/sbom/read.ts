/** A file that is an SBOM → a Bom: CycloneDX in JSON or XML, SPDX in JSON, told apart by what is in it. */
import type { Bom, Result } from '@breakwater/model';
import type { BomReading, LeftOut } from '@breakwater/model/formats/cyclonedx';
import { parseCycloneDx } from '@breakwater/model/formats/cyclonedx';
import { parseSpdx } from '@breakwater/model/formats/spdx';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { boundedText, jsonOf } from './json.ts';
import { matchable } from './matchable.ts';
import { jsonOfXml } from './xml.ts';

/**
 * `uri` names the manifest that another tool's SBOM becomes. `left`: everything in the document that no advisory can be matched with.
 * Throws ManifestError for what is no SBOM of these formats, or larger than 256 MB of text or 1,000,000 components.
 */
export const readSbom = (text: string, uri: string): BomReading => {
  const body = boundedText(text);
  const json = body.startsWith('<') ? jsonOfXml(body) : jsonOf(body);
  const { bom, left } = unwrapped(parsedBy(json, uri));
  return { bom, left: [...left, ...unmatched(bom)] };
};

const isObject = (json: unknown): json is Readonly<Record<string, unknown>> => typeof json === 'object' && json !== null;

const parsedBy = (json: unknown, uri: string): Result<BomReading, string> => {
  const document = isObject(json) ? json : {};
  if (document['bomFormat'] !== undefined) return parseCycloneDx(json, { uri });
  // the dependency graph that GitHub exports stands within an object of its own
  const inner = isObject(document['sbom']) ? document['sbom'] : document;
  if (inner['spdxVersion'] !== undefined) return parseSpdx(inner, { uri });
  throw new ManifestError('expected CycloneDX (JSON or XML), or SPDX 2.2 or 2.3 in JSON');
};

const unwrapped = <T>(result: Result<T, string>): T => {
  if (result.ok) return result.value;
  throw new ManifestError(result.error);
};

/** In the Bom, but not in its graphs. */
const unmatched = ({ manifests }: Bom): readonly LeftOut[] =>
  manifests.flatMap(({ kind, components }) =>
    components.flatMap((component): LeftOut[] => {
      const why = matchable(component, kind);
      return typeof why === 'string' ? [{ name: component.name, why }] : [];
    }),
  );
