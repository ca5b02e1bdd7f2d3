/** Nothing to scan (exit 3) is not a pass: it says what is there and what was looked for all the same. */
import type { Run } from '@breakwater/model';
import { type Style, wrap } from '../../terminal/style.ts';

export const nothing = (run: Run, style: Style): readonly string[] => {
  const secrets = run.steps.find((step) => step.id === 'code/secrets');
  const where = run.target.uri === '.' ? 'this folder' : run.target.uri;
  const lines = wrap(style.text(`nothing to scan in ${where}: no code, lockfile or infrastructure`), style.columns);
  return secrets === undefined ? lines : [...lines, style.text(`  secrets were looked for in ${secrets.looked || '0 files'}: none`)];
};
