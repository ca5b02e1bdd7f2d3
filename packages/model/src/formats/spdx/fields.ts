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

export const licenceOf = (item: Fields): string | undefined => said(item['licenseDeclared']) ?? said(item['licenseConcluded']);

export const integrityOfChecksums = (checksums: unknown): string | undefined =>
  integrityOf(
    items(checksums).flatMap((item): HexDigest[] => {
      const { algorithm, checksumValue } = fields(item);
      const known = algorithmOf(text(algorithm) ?? '');
      return known === undefined ? [] : [{ algorithm: known, hex: text(checksumValue)?.toLowerCase() ?? '' }];
    }),
  );
