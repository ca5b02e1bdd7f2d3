import { describe, expect, it } from 'vitest';
import type { Near, Parsed } from '../dependencies/format.ts';
import { graphOf } from '../dependencies/graph.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { requirements } from './requirements.ts';

const near = (files: Readonly<Record<string, string>> = {}): Near => ({
  text: async (path) => files[path],
  bytes: async () => Buffer.alloc(0),
  foldersWith: () => [],
  signal: new AbortController().signal,
});

const read = async (text: string, files: Readonly<Record<string, string>> = {}, uri = 'requirements.txt'): Promise<Parsed> => {
  const parsed = await requirements.read(uri, text, near(files));
  if (parsed === undefined) throw new Error('not read');
  return parsed;
};
const pins = ({ entries }: Parsed): readonly string[] => entries.map(({ place }) => place);
const lefts = ({ left }: Parsed): readonly string[] => left.map(({ name, line, origin }) => `${line} ${origin} ${name}`);
const paths = (parsed: Parsed, uri = 'requirements.txt'): readonly string[] =>
  graphOf(uri, requirements, parsed).graph.packages.map(
    ({ path, scope, direct }) => `${path.join(' > ')} ${scope}${direct ? ' direct' : ''}`,
  );

const hex = (digit: string): string => digit.repeat(64);

describe('requirements: names of files', () => {
  it.each([
    'requirements.txt',
    'a/requirements.txt',
    'requirements-dev.txt',
    'requirements_test.txt',
    'dev-requirements.txt',
    'requirements/base.txt',
    'test.requirements.txt',
  ])('%s', (uri) => {
    expect(requirements.matches(uri)).toBe(true);
  });

  it.each([
    'constraints.txt',
    'requirements/constraints.txt',
    'upper-constraints.txt',
    'requirements.in',
    'a.txt',
    'requirements/readme.md',
  ])('not %s', (uri) => {
    expect(requirements.matches(uri)).toBe(false);
  });
});

describe('requirements: lines', () => {
  it('takes exact versions, and leaves what has none', async () => {
    const parsed = await read(
      '# first\nDjango==4.2.1\nzope.interface === 5.4 ; python_version < "3"  # why\nrequests[socks]>=2\nflask\nrich==13.*\n',
    );
    expect(pins(parsed)).toEqual(['django@4.2.1', 'zope-interface@5.4']);
    expect(parsed.entries.map(({ region }) => region.startLine)).toEqual([2, 3]);
    expect(lefts(parsed)).toEqual(['4 unresolved requests>=2', '5 unresolved flask', '6 unresolved rich==13.*']);
    expect(parsed.direct).toEqual({ django: '==4.2.1', 'zope-interface': '=== 5.4', requests: '>=2', flask: '*', rich: '==13.*' });
  });

  it('joins lines, and takes the first hash', async () => {
    const text = `a==1 \\\n    --hash=sha256:${hex('A')} \\\n    --hash=sha256:${hex('b')}\nb \\\n  == \\\r\n  2 --hash sha256:${hex('c')}\n`;
    const { entries } = await read(text);
    expect(entries.map(({ place, integrity, region }) => [place, integrity, region.startLine])).toEqual([
      ['a@1', `sha256:${hex('a')}`, 1],
      ['b@2', `sha256:${hex('c')}`, 4],
    ]);
  });

  it('knows what comes from elsewhere', async () => {
    const parsed = await read(
      [
        '-e .',
        '--editable=git+https://example.org/x/tool.git@v1#egg=tool',
        'lib @ file:///srv/lib',
        'remote @ https://example.org/remote-1.0.zip',
        './vendor/thing-1.0-py3-none-any.whl',
        'https://example.org/other-2.0.tar.gz#sha256=00',
        'git+ssh://git@example.org/x/y.git',
        '-e ../sibling ; os_name == "nt"',
      ].join('\n'),
    );
    expect(lefts(parsed)).toEqual([
      '1 file .',
      '2 git tool',
      '3 file lib',
      '4 remote remote',
      '5 file thing-1.0-py3-none-any.whl',
      '6 remote other-2.0.tar.gz',
      '7 git y.git',
      '8 file sibling',
    ]);
    expect(pins(parsed)).toEqual([]);
  });

  it('never shows a password', async () => {
    const secret = ['hunter', '2'].join('');
    const text = [
      `--index-url https://me:${secret}@example.org/simple`,
      `--extra-index-url=https://${secret}@example.org/simple`,
      `git+https://me:${secret}@example.org/x.git`,
      `https://me:${secret}@example.org/y.zip?token=${secret}`,
      `-r https://me:${secret}@example.org/z.txt`,
      `${secret}@example.org`,
      `--odd=${secret}`,
      `a==1`,
    ].join('\n');
    const parsed = await read(text);
    expect(JSON.stringify(parsed)).not.toContain(secret);
    expect(lefts(parsed)).toEqual(['3 git x.git', '4 remote y.zip', '6 unreadable ?', '7 unreadable --odd', '5 unresolved z.txt']);
  });

  it('says what it cannot read', async () => {
    expect(lefts(await read('a==1\nthis is prose\n${VERSION}\n'))).toEqual(['2 unreadable this', '3 unreadable ?']);
    await expect(read('this is prose\nand more of it\n')).rejects.toThrow(ManifestError);
    expect(await requirements.read('docs/system-requirements.txt', 'A computer, with 4 GB.\n', near())).toBeUndefined();
    expect(pins(await read(''))).toEqual([]);
  });
});

describe('requirements: other files', () => {
  it('lets constraints and included files pin', async () => {
    const files = { 'c.txt': 'a==1\nb==2\n-c d.txt\n', 'd.txt': 'c==3', 'requirements/base.txt': 'e==5\n' };
    const parsed = await read('-c c.txt\n-r requirements/base.txt\na\nb>1\nc\nd\ne\n', files);
    expect(pins(parsed)).toEqual(['a@1', 'b@2', 'c@3', 'e@5']);
    expect(lefts(parsed)).toEqual(['6 unresolved d']);
  });

  it('takes what an included file of another name asks for, at the line of the include', async () => {
    const parsed = await read('x==1\n-r lists/base.pip\n', {
      'lists/base.pip': 'a==1\n-r more.pip\n-r ../requirements.txt\n',
      'lists/more.pip': 'b\n',
    });
    expect(parsed.entries.map(({ place, region }) => [place, region.startLine])).toEqual([
      ['x@1', 1],
      ['a@1', 2],
    ]);
    expect(lefts(parsed)).toEqual(['2 unresolved b']);
  });

  it('reads each file once, and says which is not there', async () => {
    const parsed = await read('-r a.list\n-r a.list\n--requirement gone.txt\n', {
      'a.list': '-r b.list\na==1',
      'b.list': '-r a.list\nb==2',
    });
    expect(pins(parsed)).toEqual(['a@1', 'b@2']);
    expect(parsed.left).toEqual([{ name: 'gone.txt', line: 3, origin: 'unresolved', why: 'the file that it names is not in the tree' }]);
  });

  it('follows no more than a bounded number of files', async () => {
    let asked = 0;
    const endless: Near = { ...near(), text: async (path) => `-r ${asked++}.list\n-r x/${path}` };
    const parsed = await requirements.read('requirements.txt', '-r start.list', endless);
    expect(asked).toBeLessThan(70);
    expect(parsed?.left.length).toBeGreaterThan(0);
  });
});

describe('requirements: who asked', () => {
  const split = `#
# This file is autogenerated by pip-compile with Python 3.12
#
asgiref==3.8.1
    # via
    #   django
    #   uvicorn
django==5.0.1
    # via -r requirements.in
sqlparse==0.5.0
    # via django

# ours
uvicorn==0.30.0
`;

  it('follows the comments of pip-compile', async () => {
    expect(paths(await read(split))).toEqual([
      'django > asgiref required',
      'django required direct',
      'django > sqlparse required',
      'uvicorn required direct',
    ]);
  });

  it('follows comments at the end of a line', async () => {
    const text = 'a==1   # via b[x,y], -c c.txt\nb==2   # via -r dev.in, shop (pyproject.toml)\nc==3  # via the old way of things\n';
    expect(paths(await read(text))).toEqual(['b > a required', 'b required direct', 'c required direct']);
  });

  it('takes a name that is no package for a project, as uv exports it', async () => {
    expect(paths(await read('a==1\n    # via shop\nb==2 \\\n    --hash=sha256:00\n    # via a\n'))).toEqual([
      'a required direct',
      'a > b required',
    ]);
  });

  it('does not take what a package without a version asked for as direct', async () => {
    const parsed = await read('git+https://example.org/x.git#egg=Tool\na==1\n    # via tool\n');
    expect(parsed.roots[0]?.edges.map(({ to }) => to)).toEqual(['tool@?']);
    expect(parsed.left[0]).toMatchObject({ place: 'tool@?', edges: [{ name: 'a', to: 'a@1', kind: 'prod' }] });
  });

  it.each([
    ['requirements-dev.txt', 'excluded'],
    ['requirements/tests.txt', 'excluded'],
    ['docs/requirements.txt', 'excluded'],
    ['requirements.txt', 'required'],
    ['requirements/base.txt', 'required'],
    ['requirements/production-test.txt', 'required'],
  ])('%s is %s', async (uri, scope) => {
    expect(graphOf(uri, requirements, await read('a==1', {}, uri)).graph.packages.map((one) => one.scope)).toEqual([scope]);
  });
});
