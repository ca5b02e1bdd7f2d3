/** A few lines of the user's own file around the place of a finding; never of a file that holds the secret found there. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Finding, Location } from '@breakwater/model';
import type { Style } from '../terminal/style.ts';

/** Lines of a file of the target, or `undefined` when it is gone, large, or outside the root. */
export type FrameReader = (uri: string) => readonly string[] | undefined;

const MAX_BYTES = 2 * 1024 * 1024;
const AROUND = 2;

export const frameReader =
  (root: string): FrameReader =>
  (uri) => {
    try {
      const path = realpathSync(join(root, uri));
      const inside = relative(realpathSync(resolve(root)), path);
      if (inside.startsWith('..') || inside.startsWith(sep) || statSync(path).size > MAX_BYTES) return undefined;
      return readFileSync(path, 'utf8').split(/\r?\n/);
    } catch {
      return undefined;
    }
  };

/** The first place in the user's own code: the import for a package, the block for infrastructure. Secrets are never shown. */
export const frameLines = (finding: Finding, read: FrameReader, style: Style): readonly string[] => {
  if (finding.ruleId.startsWith('code/') && finding.codeFlow === undefined) return [];
  const place = placeOf(finding);
  const line = place?.region?.startLine;
  const lines = place === undefined || line === undefined ? undefined : read(place.uri);
  if (place === undefined || line === undefined || lines === undefined) return [];
  const from = Math.max(1, line - AROUND);
  const shown = lines.slice(from - 1, line + 1);
  const width = String(line + 1).length;
  const numbered = shown.map((text, index) => {
    const number = from + index;
    const mark = number === line ? style.mark('end') : style.mark('rail');
    return `   ${style.paint('dim', String(number).padStart(width))} ${mark} ${style.text(text.slice(0, 160))}`;
  });
  return [`  ${style.text(place.uri)}`, ...numbered];
};

const placeOf = (finding: Finding): Location | undefined => {
  if (finding.component === undefined) return finding.locations[0];
  const own = (finding.properties.reachability?.path ?? []).filter((step) => step.fullyQualifiedName === undefined);
  return own[own.length - 1];
};
