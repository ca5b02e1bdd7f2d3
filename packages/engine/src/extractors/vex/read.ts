/** A file with statements of flaws → a VexDocument: OpenVEX, or CycloneDX in JSON or XML, told apart by what is in it. */
import type { Result } from '@breakwater/model';
import { parseCycloneDxVex, type VexReading } from '@breakwater/model/formats/cyclonedx';
import { parseOpenVex } from '@breakwater/model/formats/openvex';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { boundedText, jsonOf } from '../sbom/json.ts';
import { jsonOfXml } from '../sbom/xml.ts';

/**
 * `left`: what is stated of products that have no package URL. Throws ManifestError for what is no VEX of these formats.
 * `about`: OpenVEX may speak of a component within a product; only products that it accepts count then. Absent: all do.
 */
export const readVex = (text: string, about?: (product: string) => boolean): VexReading => {
  const body = boundedText(text);
  const json = body.startsWith('<') ? jsonOfXml(body) : jsonOf(body);
  return unwrapped(parsedBy(json, about));
};

const parsedBy = (json: unknown, about: ((product: string) => boolean) | undefined): Result<VexReading, string> => {
  const document: Readonly<Record<string, unknown>> = typeof json === 'object' && json !== null ? { ...json } : {};
  if (document['bomFormat'] !== undefined) return parseCycloneDxVex(json);
  if (document['@context'] !== undefined) return parseOpenVex(json, about === undefined ? {} : { about });
  throw new ManifestError('expected OpenVEX or CycloneDX');
};

const unwrapped = <T>(result: Result<T, string>): T => {
  if (result.ok) return result.value;
  throw new ManifestError(result.error);
};
