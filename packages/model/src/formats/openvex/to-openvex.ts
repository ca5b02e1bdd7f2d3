/** A VexDocument as OpenVEX: no clock, the same input gives the same bytes. The standard wants at least one statement. */
import type { VexDocument, VexStatement } from '../../vex.ts';
import { statementOrder } from '../sbom/statements.ts';
import type { OpenVexDocument, OpenVexStatement } from './types.ts';
import { NO_ACTION, NO_REASON } from './unsaid.ts';

export interface OpenVexOptions {
  /** `@id` of what the statements are about; the packages are then its subcomponents (§Product). Absent: each package speaks for itself. */
  readonly product?: string;
}

export const toOpenVex = (vex: VexDocument, { product }: OpenVexOptions = {}): OpenVexDocument => ({
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': vex.id,
  author: vex.author,
  timestamp: vex.createdAt,
  version: vex.version,
  tooling: `${withoutSlash(vex.tool.name)}/${withoutSlash(vex.tool.version)}`,
  statements: [...vex.statements].sort(statementOrder).map((statement) => statementOf(statement, product)),
});

const withoutSlash = (text: string): string => text.replaceAll('%', '%25').replaceAll('/', '%2F');

const statementOf = (statement: VexStatement, product: string | undefined): OpenVexStatement => {
  const { vulnerability, aliases, products, status, justification, at } = statement;
  const impact = statement.impact ?? (status === 'not_affected' && justification === undefined ? NO_REASON : undefined);
  const action = statement.action ?? (status === 'affected' ? NO_ACTION : undefined);
  const parts = [...new Set(products)].map((purl) => ({ '@id': purl }));
  return {
    vulnerability: { name: vulnerability, ...(aliases.length === 0 ? {} : { aliases: [...new Set(aliases)] }) },
    products: product === undefined ? parts : [{ '@id': product, subcomponents: parts }],
    status,
    ...(justification === undefined ? {} : { justification }),
    ...(impact === undefined ? {} : { impact_statement: impact }),
    ...(action === undefined ? {} : { action_statement: action }),
    ...(at === undefined ? {} : { timestamp: at }),
  };
};
