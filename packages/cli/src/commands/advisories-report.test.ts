import type { IndexMeta } from '@breakwater/engine/advisories/format';
import { describe, expect, it } from 'vitest';
import { styleOf } from '../terminal/style.ts';
import { indexProgressOf, sizeText } from './advisories-progress.ts';
import { builtLines, deriveLines, loadedLines, statusLines } from './advisories-report.ts';

const terminal = { columns: 100, colour: false, unicode: true, interactive: false };
const style = styleOf(terminal);
const NOW = '2026-11-24T12:00:00Z';
const meta: IndexMeta = {
  formatVersion: 2,
  origin: 'built',
  asOf: '2026-11-23T08:00:00Z',
  digest: `sha256:${'0'.repeat(64)}`,
  records: 1234,
  facts: 1300,
  packages: 200,
  ecosystems: ['PyPI', 'npm'],
  coverage: { PyPI: { packages: 1, facts: 300 }, npm: { packages: 199, facts: 1000 } },
  exploited: 1404,
  bytes: 9,
  epss: { digest: `sha256:${'1'.repeat(64)}`, count: 270_000, bytes: 9, asOf: '2026-11-22' },
  update: {
    at: '2026-11-24T08:00:00Z',
    from: 'https://mirror.example.com/osv',
    ecosystems: ['npm', 'PyPI'],
    kept: [{ name: 'PyPI', since: '2026-11-20T08:00:00Z' }],
  },
};
const { epss: _epss, update: _update, ...bare } = meta;
const report = { meta, withdrawn: 2, refused: 0, empty: 1, bad: { count: 0, first: [] } };

describe('what is said of an index', () => {
  it('names what it holds, how old each part is, and where it came from', () =>
    expect(statusLines(meta, 'built by this user', NOW, style)).toEqual([
      '1,234 advisories of 200 packages, newest 23 Nov 2026, 1 day old',
      '  updated 24 Nov 2026, 08:00 UTC from https://mirror.example.com/osv',
      '  PyPI        300 of 1 package',
      '  npm       1,000 of 199 packages',
      '  KEV: 1,404 known exploited flaws',
      '  EPSS 22 Nov 2026, 2 days old: 270,000 scores',
      '? PyPI is of 20 Nov 2026, 4 days old: it could not be loaded since',
      `  ${meta.digest}`,
    ]));
  it('says what is not there', () =>
    expect(statusLines({ ...bare, exploited: 0 }, 'the snapshot', NOW, style).slice(1, -1)).toEqual([
      '  the snapshot',
      '  PyPI        300 of 1 package',
      '  npm       1,000 of 199 packages',
      '  no catalogue of known exploited flaws (KEV)',
      '  no scores of likely exploitation (EPSS)',
    ]));
  it('says for how many advisories functions were derived, and what may be asked again', () => {
    const derived = { asked: 10, functions: 6, moduleOnly: 2, nothing: 1, failed: 1 };
    expect(deriveLines({ ...report, derived }, style)).toEqual([
      '✔ functions derived for 6 of 10 npm advisories with a fix',
      '  2 tell only the package, 1 have no release to compare',
      '? 1 could not be asked of the registry; the same command asks again',
    ]);
    expect(deriveLines(report, style)).toEqual([]);
  });
  it('hides neither an old part nor one that is gone, and shows no control characters', () => {
    const outcomes = [
      { kind: 'archive', name: 'npm', state: 'new', bytes: 9 },
      { kind: 'archive', name: 'PyPI', state: 'kept', since: '2026-11-20T08:00:00Z', reason: 'the host answers 503' },
    ] as const;
    expect(loadedLines({ ...report, outcomes, dropped: ['Go'] }, NOW, style)).toEqual([
      '  1 loaded, 0 unchanged',
      '? PyPI could not be loaded, the host answers 503: the one of 20 Nov 2026, 4 days old is used',
      '▲ no longer in the index: Go',
    ]);
    const bad = { count: 1, first: [{ name: 'evil\u001b[2J.json', reason: 'x' }] };
    expect(builtLines({ ...report, bad }, NOW, style).join('\n')).not.toContain('\u001b');
  });
});

describe('progress', () => {
  const load = { phase: 'load', name: 'npm', received: 5e6, total: 217e6 } as const;
  const loaded = { phase: 'loaded', outcome: { kind: 'archive', name: 'npm', state: 'new', bytes: 217e6 }, done: 1, of: 3 } as const;
  const seen = (interactive: boolean, inCi: boolean): string => {
    const written: string[] = [];
    const progress = indexProgressOf({ write: (text) => written.push(text) }, { ...terminal, interactive }, style, inCi);
    for (const event of [load, loaded]) progress.onProgress(event);
    progress.stop();
    return written.join('');
  };
  it('is a line for each archive in CI and nothing in a pipe', () => {
    expect(seen(false, true)).toBe('✔ npm   new, 217 MB\n');
    expect(seen(false, false)).toBe('');
  });
  it('is one line of a terminal, which it leaves as it was', () => {
    const text = seen(true, false);
    expect(text).toContain('npm: 5.0 MB of 217 MB · Ctrl-C stops, nothing is lost');
    expect(text.endsWith('\r\u001b[2K\u001b[?25h')).toBe(true);
  });
  it('has sizes for readers', () =>
    expect([0, 1, 80_000, 9.94e6, 1.2345e9].map(sizeText)).toEqual(['0.0 MB', '0.1 MB', '0.1 MB', '9.9 MB', '1,235 MB']));
});
