/** Fields of an SPDX package, as any tool may write them. */
import { algorithmOf, type HexDigest, integrityOf } from '../sbom/digest.ts';
import type { Fields } from '../sbom/json.ts';
import { fields, items, text } from '../sbom/json.ts';

/** NONE and NOASSERTION say that there is nothing to say. */
const said = (value: unknown): string | undefined => {
  const words = text(value);
  return words === 'NONE' || words === 'NOASSERTION' ? undefined : words;
};

/** 2.2 wrote `PACKAGE_MANAGER`, and some tools write other categories: the type decides. */
export const purlOf = (references: unknown): string | undefined => {
  const reference = items(references).find((item) => fields(item)['referenceType'] === 'purl');
  return text(fields(reference)['referenceLocator'])?.trim();
};

export const addressOf = (location: unknown): string | undefined => said(location);

export const licenceOf = (item: Fields, defined: DefinedLicences): string | undefined => {
  const licence = said(item['licenseDeclared']) ?? said(item['licenseConcluded']);
  return defined.get(licence ?? '') ?? licence;
};

/** Licences that the document defines itself (§10): identifier → the words for it. */
export type DefinedLicences = ReadonlyMap<string, string>;

/** A text of more than this is the licence itself, not its name. */
const LONGEST_NAME = 256;

export const definedLicences = (document: Fields): DefinedLicences =>
  new Map(
    items(document['hasExtractedLicensingInfos']).flatMap((item): [string, string][] => {
      const { licenseId, name, extractedText } = fields(item);
      const id = text(licenseId);
      const words = said(name) ?? said(extractedText);
      return id === undefined || words === undefined || words.length > LONGEST_NAME ? [] : [[id, words]];
    }),
  );

export const integrityOfChecksums = (checksums: unknown): string | undefined =>
  integrityOf(
    items(checksums).flatMap((item): HexDigest[] => {
      const { algorithm, checksumValue } = fields(item);
      const known = algorithmOf(text(algorithm) ?? '');
      return known === undefined ? [] : [{ algorithm: known, hex: text(checksumValue)?.toLowerCase() ?? '' }];
    }),
  );
