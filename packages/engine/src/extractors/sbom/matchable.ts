/** Which components of a Bom are packages that advisories can speak about, and why others are not. */
import type { BomComponent, Purl } from '@breakwater/model';
import type { Ecosystem } from '../../ecosystems/ecosystem.ts';
import { normalName } from '../../ecosystems/names.ts';
import { packageOfPurl, purlOf } from '../../ecosystems/purl.ts';

export interface Matchable {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly version: string;
  readonly purl: Purl;
}

/** Names and versions go into messages and the terminal: what no registry could publish is not passed on. */
const NAME = /^[\x21-\x7e\u00a0-\uffff]{1,512}$/;
const VERSION = /^[\x21-\x7e]{1,256}$/;

/** Of a manifest that Breakwater read itself, names are already spelled as advisories do; an SBOM's come from its package URLs. */
export const matchable = (component: BomComponent, kind: string): Matchable | string => {
  if (component.purl === undefined) return 'has no package URL';
  const known = packageOfPurl(component.purl);
  if (known === undefined) return `is of a kind that advisories are not matched with: ${typeOf(component.purl)}`;
  const isForeign = kind === 'sbom';
  const name = isForeign ? normalName(known.ecosystem, known.name) : component.name;
  const version = isForeign ? known.version : component.version;
  if (!NAME.test(name) || !VERSION.test(version)) return 'has a name or version that no registry could publish';
  const purl = isForeign ? purlOf(known.ecosystem, name, version) : component.purl;
  return { ecosystem: known.ecosystem, name, version, purl };
};

const typeOf = (purl: string): string => /^pkg:([a-z0-9.+-]{1,32})\//i.exec(purl)?.[1]?.toLowerCase() ?? 'unknown';
