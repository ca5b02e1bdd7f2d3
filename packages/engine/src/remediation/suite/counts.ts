/** How many tests passed and which failed, read from what the common runners print; `undefined` when none of them is recognised. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Names of failing tests, where the runner prints them. */
  readonly failing: readonly string[];
}

interface Reader {
  /** Group 1 is the number. Each is matched against one line. */
  readonly passed: RegExp;
  readonly failed: RegExp;
  readonly skipped: RegExp;
  readonly failing: RegExp;
}

/** Summaries stand at the beginning of a line, so that a nested report is not counted twice. */
const READERS: readonly Reader[] = [
  // node:test (TAP) and tape
  { passed: /^# pass +(\d+)/, failed: /^# fail +(\d+)/, skipped: /^# (?:skipped|skip) +(\d+)/, failing: /^ *not ok \d+ -? ?(.{1,500})$/ },
  // node:test (spec)
  { passed: /^ℹ pass (\d+)/, failed: /^ℹ fail (\d+)/, skipped: /^ℹ skipped (\d+)/, failing: /^ *✖ (.{1,500}?) \(\d[\d.]*ms\)$/ },
  // jest
  {
    passed: /^Tests: .{0,80}?\b(\d+) passed/,
    failed: /^Tests: .{0,80}?\b(\d+) failed/,
    skipped: /^Tests: .{0,80}?\b(\d+) skipped/,
    failing: /^ {2}● (.{1,500} › .{1,500})$/,
  },
  // vitest
  {
    passed: /^ +Tests {1,4}(?:.{0,60}\| )?(\d+) passed/,
    failed: /^ +Tests {1,4}(\d+) failed/,
    skipped: /^ +Tests {1,4}.{0,60}\b(\d+) skipped/,
    failing: /^ *FAIL {1,4}(.{1,500})$/,
  },
  // mocha: `  1) cart`, then a line for each level, the last one ends with a colon
  { passed: /^ {2}(\d+) passing\b/, failed: /^ {2}(\d+) failing\b/, skipped: /^ {2}(\d+) pending\b/, failing: /^ {2}\d+\) (.{1,500}:)$/ },
  // node-tap
  {
    passed: /^# \{.{0,80}\bpass: (\d+)/,
    failed: /^# \{.{0,80}\bfail: (\d+)/,
    skipped: /^# \{.{0,80}\bskip: (\d+)/,
    failing: /^ *not ok \d+ -? ?(.{1,500})$/,
  },
  // ava
  {
    passed: /^ {2}(\d+) tests? passed/,
    failed: /^ {2}(\d+) tests? failed/,
    skipped: /^ {2}(\d+) tests? skipped/,
    failing: /^ {2}✘ (.{1,500})$/,
  },
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
const COLOURS = /\u001b\[[0-9;]{0,20}m/g;
const LONGEST = 2_000;

/** Several runs in one output (workspaces) are summed. What a runner prints is the project's word: the exit code is asked as well. */
export const readCounts = (output: string): Counts | undefined => {
  const lines = joinedTitles(output.replace(COLOURS, '').split(/\r?\n/)).filter((line) => line.length <= LONGEST);
  for (const reader of READERS) {
    const passed = sumOf(lines, reader.passed);
    const failed = sumOf(lines, reader.failed);
    if (passed === undefined && failed === undefined) continue;
    return {
      passed: passed ?? 0,
      failed: failed ?? 0,
      skipped: sumOf(lines, reader.skipped) ?? 0,
      failing: namesOf(lines, reader.failing),
    };
  }
  return undefined;
};

/** mocha's numbered titles in one line: two tests of one suite must not look like the same test. */
const joinedTitles = (lines: readonly string[]): readonly string[] => {
  const joined: string[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    const open = last !== undefined && last.length <= LONGEST && /^ {2}\d+\) /.test(last) && !last.endsWith(':');
    if (open && /^ {5,60}\S/.test(line)) joined[joined.length - 1] = `${last} › ${line.trim()}`;
    else joined.push(line);
  }
  return joined;
};

const sumOf = (lines: readonly string[], pattern: RegExp): number | undefined => {
  const found = lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
  return found.length === 0 ? undefined : found.reduce((sum, n) => sum + Number(n), 0);
};

/** Durations in a name would make the same test look like another. */
const namesOf = (lines: readonly string[], pattern: RegExp): readonly string[] => [
  ...new Set(lines.flatMap((line) => pattern.exec(line)?.[1] ?? []).map((name) => name.replace(/ \(?\d[\d.]* ?ms\)?$/, '').trim())),
];
