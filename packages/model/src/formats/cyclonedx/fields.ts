/** Fields of a CycloneDX component, as any tool may write them. */
import { algorithmOf, type HexDigest, integrityOf } from '../sbom/digest.ts';
import type { Fields } from '../sbom/json.ts';
import { anyText, fields, items, text } from '../sbom/json.ts';
import { allOf } from '../sbom/licence.ts';

export const integrityOfHashes = (hashes: unknown): string | undefined =>
  integrityOf(
    items(hashes).flatMap((item): HexDigest[] => {
      const { alg, content } = fields(item);
      const algorithm = algorithmOf(text(alg) ?? '');
      return algorithm === undefined ? [] : [{ algorithm, hex: text(content)?.toLowerCase() ?? '' }];
    }),
  );

const distributionOf = (references: unknown): Fields => fields(items(references).find((item) => fields(item)['type'] === 'distribution'));

/** Where the package can be had. */
export const addressOf = (references: unknown): string | undefined => text(distributionOf(references)['url']);

/** A digest of what was published stands beside its address in documents of pnpm and others, with the component in those of npm. */
export const publishedIntegrity = (component: Fields): string | undefined =>
  integrityOfHashes(distributionOf(component['externalReferences'])['hashes']) ?? integrityOfHashes(component['hashes']);

export const licenceOf = (licences: unknown): string | undefined =>
  allOf(
    items(licences).flatMap((item) => {
      const { expression, license } = fields(item);
      const { id, name } = fields(license);
      return anyText(expression) ?? anyText(id) ?? anyText(name) ?? [];
    }),
  );
