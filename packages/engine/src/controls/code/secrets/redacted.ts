/** The form of a secret that may be shown. */
import type { SecretRule } from './secret-rule.ts';

/** Stands for what is hidden; no credential holds it. */
export const DOTS = '••••';
const TAIL = 4;
/** Four of fewer characters would give too much of the secret away. */
const LEAST_FOR_TAIL = 16;

/** Public prefix, dots, and the last four characters of a secret of 16 or more: `sk_live_••••9xQ2`. */
export const redacted = (rule: Pick<SecretRule, 'prefix' | 'tail'>, secret: string): string => {
  const prefix = rule.prefix?.exec(secret)?.[0] ?? '';
  const body = secret.slice(prefix.length);
  return prefix + DOTS + (rule.tail && body.length >= LEAST_FOR_TAIL ? body.slice(-TAIL) : '');
};
