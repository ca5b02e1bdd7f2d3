/** How Breakwater's words are said in SARIF and in the properties that GitHub reads. */
import type { Kind } from '../../finding.ts';
import type { Severity } from '../../severity.ts';
import type { Level, SarifMessage } from './types.ts';

const LEVELS: Readonly<Record<Severity, Level>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note' };

/** SARIF §3.27.10: a level other than `none` belongs to failures only. */
export const levelOf = (kind: Kind, severity: Severity): Level => (kind === 'fail' ? LEVELS[severity] : 'none');

/** The middle of GitHub's band for each word: above 9 critical, from 7 high, from 4 medium, above 0 low. */
const SCORES: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0', info: '0.0' };
export const scoreOf = (severity: Severity): string => SCORES[severity];

/** 0..10 → word; the reverse of `scoreOf`, for any tool's number. `undefined` when it is none. */
export const severityOfScore = (score: number): Severity | undefined => {
  if (!(score >= 0 && score <= 10)) return undefined;
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'info';
};

/** Viewers turn `[text](address)` in plain messages into links (§3.11.6); text from a scanned repository must not place one. */
export const messageOf = (text: string): SarifMessage => ({ text: text.replaceAll('](', '] (') });
