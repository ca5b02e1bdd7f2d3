/** Bills of materials and VEX documents as text, in the standards' forms. Ends with a line feed. */
import { createHash } from 'node:crypto';
import type { Bill } from '@breakwater/engine/pipeline/bill';
import { vexOf } from '@breakwater/engine/pipeline/statements';
import type { Run } from '@breakwater/model';

export const BILL_FORMATS = ['cyclonedx', 'cyclonedx-xml', 'spdx'] as const;
export type BillFormat = (typeof BILL_FORMATS)[number];
export const VEX_FORMATS = ['openvex', 'cyclonedx'] as const;
export type VexFormat = (typeof VEX_FORMATS)[number];

/** A file that ends in .xml asks for XML. */
export const billFormat = (format: 'cyclonedx' | 'spdx', file: string | undefined): BillFormat =>
  format === 'cyclonedx' && file?.toLowerCase().endsWith('.xml') === true ? 'cyclonedx-xml' : format;

/** For creators without an address of their own (SPDX 2.3, §6.5). */
const NAMESPACE = 'https://spdx.org/spdxdocs';

/** RFC 9562, version 8: our own bits, here of a digest, so that the same packages have the same serial number. */
const uuidOf = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const json = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

/** `run`: its vulnerabilities go into a CycloneDX document. `version` of CycloneDX. */
export const billText = async (bill: Bill, format: BillFormat, run?: Run, version: '1.5' | '1.6' = '1.6'): Promise<string> => {
  const uuid = uuidOf(bill.digest);
  if (format === 'spdx') {
    const { toSpdx } = await import('@breakwater/model/formats/spdx');
    return json(toSpdx(bill.bom, { namespace: `${NAMESPACE}/${encodeURIComponent(bill.bom.subject.name)}-${uuid}` }));
  }
  const { toCycloneDx, toCycloneDxXml } = await import('@breakwater/model/formats/cyclonedx');
  const vex = run === undefined ? undefined : vexOf(run, authorOf(run));
  const options = { version, serial: `urn:uuid:${uuid}`, ...(vex === undefined ? {} : { vex }) };
  return format === 'cyclonedx' ? json(toCycloneDx(bill.bom, options)) : `${toCycloneDxXml(bill.bom, options).trimEnd()}\n`;
};

/** Who a consumer asks: the application, as breakwater.yaml or its manifest names it. */
const authorOf = (run: Run): string => run.application.name;

/** CycloneDX states flaws within a bill. */
interface Carrier {
  readonly bill: () => Promise<Bill>;
  /** Decides between JSON and XML. */
  readonly file: string | undefined;
}

/** The application is the product: that a package does no harm in it says nothing of the package elsewhere. */
const productOf = ({ application: { name, version } }: Run): string =>
  `pkg:generic/${encodeURIComponent(name)}${version === undefined ? '' : `@${encodeURIComponent(version)}`}`;

/** `undefined` = nothing to state: OpenVEX requires a statement (§Document), and a bill without one states nothing of flaws. */
export const vexText = async (run: Run, format: VexFormat, carrier?: Carrier): Promise<string | undefined> => {
  const vex = vexOf(run, authorOf(run));
  if (vex.statements.length === 0) return undefined;
  if (format === 'cyclonedx' && carrier !== undefined) return billText(await carrier.bill(), billFormat('cyclonedx', carrier.file), run);
  const { toOpenVex } = await import('@breakwater/model/formats/openvex');
  return json(toOpenVex(vex, { product: productOf(run) }));
};
