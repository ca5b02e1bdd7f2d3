import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading, ReadProblem } from '../reading.ts';
import { parseDockerfile } from './parse.ts';
import { isDockerfile, readDockerfiles } from './read.ts';

const instructionsOf = (text: string) =>
  parseDockerfile('Dockerfile', text).dockerfile.instructions.map((i) => [i.name, i.arguments, i.region.startLine, i.stage]);
const imagesOf = (text: string) => parseDockerfile('Dockerfile', text).dockerfile.stages.map((s) => [s.image, s.name]);

describe('instructions', () => {
  it('joins continued lines, drops comments between them and keeps flags', () => {
    expect(instructionsOf('ARG A\nfrom x\nRUN --mount=type=cache,target=/c apt-get \\\n  # why\n\n  install \\\r\n  curl\nUSER a')).toEqual(
      [
        ['ARG', 'A', 1, -1],
        ['FROM', 'x', 2, 0],
        ['RUN', '--mount=type=cache,target=/c apt-get   install   curl', 3, 0],
        ['USER', 'a', 8, 0],
      ],
    );
  });
  it('obeys the escape directive', () => {
    expect(instructionsOf('# escape=`\nFROM x\nRUN a `\n  b\\\nRUN c')).toEqual([
      ['FROM', 'x', 2, 0],
      ['RUN', 'a   b\\', 3, 0],
      ['RUN', 'c', 5, 0],
    ]);
  });
  it('keeps the lines of here-documents', () => {
    expect(instructionsOf('FROM x\nRUN <<EOF\n# not a comment of ours\na \\\n b\nEOF\nONBUILD RUN c')).toEqual([
      ['FROM', 'x', 1, 0],
      ['RUN', '<<EOF\n# not a comment of ours\na \\\n b\nEOF', 2, 0],
      ['ONBUILD', 'RUN c', 7, 0],
    ]);
  });
  it('has 1-based regions', () => {
    expect(parseDockerfile('Dockerfile', 'FROM x\nRUN a \\\n  b').dockerfile.instructions[1]?.region).toEqual({
      startLine: 2,
      startColumn: 1,
      endLine: 3,
      endColumn: 4,
    });
  });
});

describe('stages', () => {
  it('fills in build arguments with a default and leaves the others', () => {
    expect(
      imagesOf(
        'ARG V=1\nARG T=v$V\nARG NONE\nFROM --platform=$P a:${T} AS Build\nFROM build\nFROM b:${NONE}\nFROM c:${NONE:-2}\nFROM d:${V:+9}',
      ),
    ).toEqual([
      ['a:v1', 'build'],
      ['build', undefined],
      ['b:${NONE}', undefined],
      ['c:2', undefined],
      ['d:9', undefined],
    ]);
  });
  it('takes no build argument of a stage', () => {
    expect(imagesOf('FROM a\nARG V=1\nFROM b:$V')).toEqual([
      ['a', undefined],
      ['b:$V', undefined],
    ]);
  });
});

it.each([
  ['FROM x\nRUM y', 2],
  ['RUN y', 1],
  ['FROM x\n\nUSER', 3],
  ['{{ template }}\nFROM x', 1],
])('names the line of a mistake: %s', (text, line) => {
  expect(parseDockerfile('Dockerfile', text).mistakes.map((mistake) => mistake.line)).toContain(line);
});

it('gives a result for any text, within its lines', () => {
  const piece = fc.constantFrom(
    'FROM a\n',
    'RUN ',
    '\\\n',
    '<<EOF',
    '\nEOF\n',
    '# escape=`\n',
    '`',
    '"',
    "'",
    '$',
    '${',
    '}',
    'ARG A=$A',
    '\r',
    '\r\n',
    '\n',
    'ONBUILD ',
    'x',
    ' ',
    '[',
    '=',
    '<<-"',
    '\u2028',
    '\u{1f600}',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
      ),
      (text) => {
        const lines = text.split(/\r\n|\n|\r/).length;
        const { dockerfile, mistakes } = parseDockerfile('Dockerfile', text);
        for (const { region } of dockerfile.instructions) expect(region.startLine >= 1 && (region.endLine ?? 1) <= lines).toBe(true);
        for (const { line } of mistakes) expect(line >= 1 && line <= lines).toBe(true);
      },
    ),
    { numRuns: 1000 },
  );
});

describe('files', () => {
  it.each(['Dockerfile', 'a/Dockerfile.prod', 'web.dockerfile', 'Containerfile', 'x/dockerfile', 'a.Containerfile'])('%s is one', (uri) =>
    expect(isDockerfile(uri)).toBe(true),
  );
  it.each(['Dockerfile.dockerignore', 'Dockerfile.md', 'docs/Dockerfile/readme.txt', 'MyDockerfile', '.dockerignore'])(
    '%s is none',
    (uri) => expect(isDockerfile(uri)).toBe(false),
  );

  it('are read one by one; what cannot be read is said', async () => {
    const texts: Readonly<Record<string, string>> = { Dockerfile: 'FROM x', 'b/Dockerfile': 'FROM x\nOOPS y\nOOPS z' };
    const problems: ReadProblem[] = [];
    const reading: Reading = {
      root: '/nowhere',
      files: [...Object.keys(texts), 'c/Dockerfile'].map((uri) => ({ uri, bytes: 1 })),
      config: {},
      kind: 'directory',
      vex: [],
      offline: true,
      cache: '/nowhere',
      advisories: '/nowhere',
      signal: new AbortController().signal,
      readText: async (uri) => texts[uri] ?? Promise.reject(new Error('unreadable')),
      readBytes: async () => Promise.reject(new Error('not asked')),
      readRange: async () => Promise.reject(new Error('not asked')),
      problem: (problem) => problems.push(problem),
      progress: () => undefined,
      looked: () => undefined,
    };
    expect((await readDockerfiles(reading)).map((d) => [d.uri, d.instructions.length])).toEqual([
      ['Dockerfile', 1],
      ['b/Dockerfile', 1],
    ]);
    expect(problems.map(({ code, uri, line, incomplete }) => [code, uri, line, incomplete])).toEqual([
      ['BW3020', 'b/Dockerfile', 2, true],
      ['BW3020', 'c/Dockerfile', undefined, true],
    ]);
  });
});
