/** What reading a VEX document gives, and the order of its statements. */
import type { VexDocument, VexStatement } from '../../vex.ts';
import { byText } from './order.ts';
import type { LeftOut } from './reading.ts';

export interface VexReading {
  readonly vex: VexDocument;
  /** What the document says that we cannot match with a package, by name. */
  readonly left: readonly LeftOut[];
}

/** By vulnerability, then first product; statements of the same keep the order of the document: a later one may overrule. */
export const statementOrder = (a: VexStatement, b: VexStatement): number =>
  byText(a.vulnerability, b.vulnerability) || byText(a.products[0], b.products[0]);
