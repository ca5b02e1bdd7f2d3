/** What a run says of each flaw in VEX's words: from the proof of reachability, from exceptions, and from statements that it was given. */
import type { Finding, Run, Verdict, VexDocument, VexStatement } from '@breakwater/model';
import { timestamp } from '@breakwater/model';
import { sha256 } from '../lib/digest.ts';
import { byKeys } from '../lib/order.ts';

type Stated = Pick<VexStatement, 'status' | 'justification' | 'impact' | 'action'>;

const updateAction = ({ vulnerability }: Finding): string => {
  const fixed = vulnerability?.fixed?.join(' or ');
  return fixed === undefined ? 'No fixed version is published; replace or remove the package' : `Update to ${fixed}`;
};

/** Only a certificate says not affected: what was not found reachable is under investigation (OpenVEX, §Status Labels). */
const stated = (finding: Finding, verdict: Verdict | undefined): Stated => {
  const { vex, reachability } = finding.properties;
  if (vex !== undefined) {
    const author = vex.author === undefined ? {} : { impact: `stated by ${vex.author}` };
    const said = vex.status === 'affected' ? { action: updateAction(finding) } : vex.status === 'not_affected' ? author : {};
    return { status: vex.status, ...(vex.justification === undefined ? {} : { justification: vex.justification }), ...said };
  }
  if (reachability?.status === 'unreachable')
    return { status: 'not_affected', justification: 'vulnerable_code_not_in_execute_path', impact: reachability.because.join('; ') };
  if (verdict?.exception !== undefined) {
    const { reason, owner, expires } = verdict.exception;
    return { status: 'affected', action: `Accepted by ${owner} until ${expires}: ${reason}` };
  }
  if (reachability?.status === 'reachable' || reachability?.status === 'executed')
    return { status: 'affected', action: updateAction(finding) };
  return { status: 'under_investigation' };
};

/** `affected` anywhere is affected; only where every place is closed is the product not affected. */
const GRAVEST: readonly VexStatement['status'][] = ['affected', 'under_investigation', 'fixed', 'not_affected'];

const gravest = (a: VexStatement, b: VexStatement): VexStatement => (GRAVEST.indexOf(a.status) <= GRAVEST.indexOf(b.status) ? a : b);

const purlsOf = ({ component, locations }: Finding): readonly string[] => {
  const versionless = component?.purl.slice(0, component.purl.lastIndexOf('@')) ?? '';
  const versions = locations.flatMap(({ fullyQualifiedName: name }) => (name === undefined ? [] : [name.slice(name.lastIndexOf('@') + 1)]));
  return [...new Set([component?.purl ?? '', ...versions.map((version) => `${versionless}@${encodeURIComponent(version)}`)])];
};

const statementsOf = (finding: Finding, verdict: Verdict | undefined, at: string): readonly VexStatement[] => {
  const { vulnerability, component } = finding;
  if (vulnerability === undefined || component === undefined) return [];
  const { id, aliases } = vulnerability;
  return purlsOf(finding).map((purl) => ({ vulnerability: id, aliases, products: [purl], ...stated(finding, verdict), at: timestamp(at) }));
};

/** One statement for each flaw in each package version; deterministic but for the time. */
export const vexOf = (run: Run, author: string): VexDocument => {
  const verdicts = new Map(run.decision.verdicts.map((verdict) => [verdict.fingerprint, verdict]));
  const byKey = new Map<string, VexStatement>();
  for (const finding of run.findings) {
    for (const one of statementsOf(finding, verdicts.get(finding.fingerprint), run.startedAt)) {
      const key = `${one.vulnerability}\0${one.products[0]}`;
      const known = byKey.get(key);
      byKey.set(key, known === undefined ? one : gravest(known, one));
    }
  }
  const statements = [...byKey.values()].sort(
    byKeys(
      (one) => one.vulnerability,
      (one) => one.products[0],
    ),
  );
  const content = sha256(JSON.stringify(statements.map(({ at: _at, ...rest }) => rest)));
  return {
    id: `urn:breakwater:vex:${content.slice('sha256:'.length)}`,
    author,
    createdAt: run.startedAt,
    version: 1,
    tool: { name: run.tool.name, version: run.tool.version },
    statements,
  };
};
