/** What SPDX has no field for, as a JSON object in the comment of an annotation: `breakwater:{…}`. */
import type { BomComponent, BomManifest } from '../../bom.ts';
import type { Fields } from '../sbom/json.ts';
import { fields, isFields, items, text } from '../sbom/json.ts';
import type { SpdxAnnotation } from './types.ts';

const MARK = 'breakwater:';

/** Of the document. `created` of the standard has no fractions of a second, its creators are one text. */
export interface OwnDocument {
  readonly bom: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly createdAt: string;
}

/** Of a manifest's package; `direct` as pairs, for a package may be called `__proto__`. */
export interface OwnManifest extends Pick<BomManifest, 'uri' | 'kind' | 'formatVersion'> {
  readonly direct: readonly (readonly [name: string, range: string])[];
}

/** Of a component's package; integrity, resolved and license only where the standard's fields do not give them back. */
export interface OwnPackage
  extends Pick<BomComponent, 'place' | 'scope' | 'integrity' | 'resolved' | 'hasInstallScript' | 'license' | 'deprecated' | 'path'> {
  readonly manifest: string;
  readonly direct?: true;
  readonly region?: string;
  /** Dependencies that the relationships alone do not say: the name it calls them by, and their place. */
  readonly named?: readonly (readonly [name: string, place: string])[];
}

export type Annotate = (own: OwnDocument | OwnManifest | OwnPackage) => readonly [SpdxAnnotation];

export const annotator =
  (date: string, tool: string): Annotate =>
  (own) => [{ annotationDate: date, annotationType: 'OTHER', annotator: `Tool: ${tool}`, comment: MARK + JSON.stringify(own) }];

/** The first of ours; `undefined` when there is none or it is not JSON. */
export const ownAnnotation = (annotations: unknown): Fields | undefined => {
  for (const item of items(annotations)) {
    const comment = text(fields(item)['comment']);
    if (comment?.startsWith(MARK) !== true) continue;
    try {
      const own: unknown = JSON.parse(comment.slice(MARK.length));
      if (isFields(own)) return own;
    } catch {
      // another's comment that begins like ours
    }
  }
  return undefined;
};

/** `[[name, value], …]` */
export const pairsOf = (value: unknown): readonly (readonly [string, string])[] =>
  items(value).flatMap((pair): [string, string][] => {
    const [name, other] = items(pair);
    return typeof name === 'string' && typeof other === 'string' ? [[name, other]] : [];
  });
