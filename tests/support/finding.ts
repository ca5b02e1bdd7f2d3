/** Findings for tests of the gate: one plain alert that each test changes where it matters. */
import type { Finding } from '@breakwater/model';

export const aFinding = (over: Partial<Finding> = {}): Finding => ({
  ruleId: 'build/vulnerable-dependency',
  kind: 'fail',
  severity: 'high',
  confidence: 'high',
  message: 'minimist 1.2.0 lets a request change every object',
  target: { kind: 'directory', uri: '.' },
  locations: [{ uri: 'package-lock.json', region: { startLine: 10 } }],
  fingerprint: `sha256:${'7c1fe0'.padEnd(64, '0')}`,
  component: { purl: 'pkg:npm/minimist@1.2.0', bomRef: 'package-lock.json#node_modules/minimist', scope: 'required' },
  vulnerability: { id: 'GHSA-vh95-rmgr-6w4m', aliases: ['CVE-2020-7598'], fixed: ['1.2.3'] },
  properties: {},
  ...over,
});

/** exactOptionalPropertyTypes: leaves the keys out instead of setting them to undefined. */
export const without = (finding: Finding, ...keys: readonly ('component' | 'vulnerability')[]): Finding => {
  const entries = Object.entries(finding).filter(([key]) => !(keys as readonly string[]).includes(key));
  return Object.fromEntries(entries) as unknown as Finding; // only optional keys are left out
};
