import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Near, Parsed } from '../dependencies/format.ts';
import { graphOf } from '../dependencies/graph.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { gemfileLock } from './format.ts';

type Files = Readonly<Record<string, string>>;

const nearOf = (files: Files): Near => ({
  text: async (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
  bytes: async () => Promise.reject(new Error('not asked')),
  foldersWith: () => [],
  signal: new AbortController().signal,
});

const read = async (text: string, files: Files = {}, uri = 'Gemfile.lock'): Promise<Parsed> => {
  const parsed = await gemfileLock.read(uri, text, nearOf(files));
  if (parsed === undefined) throw new Error('not read');
  return parsed;
};
const rows = (parsed: Parsed): readonly string[] =>
  graphOf('Gemfile.lock', gemfileLock, parsed).graph.packages.map((item) =>
    [`${item.name}@${item.version}`, item.scope, item.direct ? 'direct' : 'indirect', item.path.join('>')].join(' '),
  );

const SUM = 'ab'.repeat(32);
const OTHER = 'cd'.repeat(32);

const LOCK = `GIT
  remote: https://git.example/acme/patched.git
  revision: 0123456789
  branch: main
  specs:
    patched (1.0.0)
      deep (>= 1)

PATH
  remote: .
  specs:
    shop (0.1.0)
      rack (~> 3.0)

PATH
  remote: ../elsewhere
  specs:
    elsewhere (2.0.0)

GEM
  remote: https://gems.example/
  specs:
    deep (1.0.0)
    nokogiri (1.15.0)
      mini (~> 2.8)
      racc (~> 1.4)
    nokogiri (1.15.0-x86_64-linux)
      racc (~> 1.4)
    nokogiri (1.14.0-java)
    mini (2.8.2)
    pre (3.0.0.rc1)
    racc (1.7.1)
    rack (3.0.1)
    rspec (3.12.0)
      racc
      spec-core (~> 3.12)
    spec-core (3.12.1)
    tool (0.1.0-x86-mingw32)

PLUGIN SOURCE
  remote: https://plugin.example
  type: s3
  specs:
    private (1.0.0)

PLATFORMS
  java
  ruby
  x86_64-linux

DEPENDENCIES
  elsewhere!
  nokogiri
  patched!
  pre (= 3.0.0.rc1)
  private!
  rspec (~> 3.0)
  shop!
  tool

CHECKSUMS
  nokogiri (1.15.0) sha256=${SUM}
  nokogiri (1.15.0-x86_64-linux) sha256=${OTHER}
  rack (3.0.1) sha256=${SUM}
  tool (0.1.0-x86-mingw32) sha256=${OTHER}
  shop (0.1.0)

RUBY VERSION
   ruby 3.2.2p53

BUNDLED WITH
   2.5.3
`;

const GEMFILE = `source 'https://gems.example'
gemspec # the shop itself
gem 'nokogiri'
group :development, "test" do
  gem "rspec", "~> 3.0", require: false
end
gem 'tool', :group => :development
`;

describe('Gemfile.lock', () => {
  it('is read with the groups of its Gemfile', async () => {
    const parsed = await read(LOCK, { Gemfile: GEMFILE });
    expect(rows(parsed)).toEqual([
      'deep@1.0.0 required indirect patched>deep',
      'mini@2.8.2 required indirect nokogiri>mini',
      'nokogiri@1.14.0 required direct nokogiri',
      'nokogiri@1.15.0 required direct nokogiri',
      'pre@3.0.0.rc1 required direct pre',
      'racc@1.7.1 required indirect nokogiri>racc',
      'rack@3.0.1 required direct rack',
      'rspec@3.12.0 excluded direct rspec',
      'spec-core@3.12.1 excluded indirect rspec>spec-core',
      'tool@0.1.0 excluded direct tool',
    ]);
    expect(parsed.formatVersion).toBe('2.5.3');
    expect(parsed.direct).toMatchObject({ rspec: '~> 3.0', nokogiri: '>= 0', pre: '= 3.0.0.rc1' });
  });

  it('requires everything where there is no Gemfile', async () => {
    expect(rows(await read(LOCK)).filter((row) => !row.includes(' required '))).toEqual([]);
  });

  it('says what does not come from a registry', async () => {
    const { left } = await read(LOCK);
    expect(left.map(({ origin, line }) => [LOCK.split('\n')[line - 1], origin])).toEqual([
      ['    patched (1.0.0)', 'git'],
      ['    elsewhere (2.0.0)', 'file'],
      ['    private (1.0.0)', 'remote'],
    ]);
    expect(left[0]?.edges).toEqual([{ name: 'deep', to: 'deep@1.0.0', kind: 'prod' }]);
  });

  it('keeps line and checksum', async () => {
    const { entries } = await read(LOCK);
    const of = (name: string) => entries.find((one) => one.name === name);
    expect(of('deep')).toMatchObject({ region: { startLine: 23, startColumn: 5 } });
    expect(of('nokogiri')?.integrity).toBe(`sha256:${SUM}`);
    expect(of('tool')?.integrity).toBe(`sha256:${OTHER}`);
    expect(of('racc')?.integrity).toBeUndefined();
  });

  it('of Bundler 1, with line ends of Windows', async () => {
    const old =
      'GEM\n  remote: https://gems.example/\n  specs:\n    a (1.0)\n      b\n    b (2.0.0.pre)\n\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n  a\n';
    const expected = ['a@1.0 required direct a', 'b@2.0.0.pre required indirect a>b'];
    expect(rows(await read(old))).toEqual(expected);
    expect(rows(await read(old.replaceAll('\n', '\r\n'), {}, 'gems.locked'))).toEqual(expected);
    expect((await read(old)).formatVersion).toBeUndefined();
  });

  it('finds the manifest of its own name', async () => {
    const groups = "group :test do\n  gem 'rspec'\nend\n";
    for (const [uri, manifest] of [
      ['gems.locked', 'gems.rb'],
      ['gemfiles/rails_7.gemfile.lock', 'rails_7.gemfile'],
      ['a/Gemfile.next.lock', 'Gemfile.next'],
    ] as const) {
      expect(rows(await read(LOCK, { [manifest]: groups }, uri))).toContain('rspec@3.12.0 excluded direct rspec');
    }
  });

  it('treats names of the prototype as names', async () => {
    const parsed = await read('GEM\n  specs:\n    __proto__ (1)\n      constructor\n    constructor (2)\n\nDEPENDENCIES\n  __proto__\n');
    expect(rows(parsed)).toEqual(['__proto__@1 required direct __proto__', 'constructor@2 required indirect __proto__>constructor']);
    expect(Object.keys(parsed.direct)).toEqual(['__proto__']);
  });
});

it('is known by its name', () => {
  const yes = [
    'Gemfile.lock',
    'a/Gemfile.lock',
    'gems.locked',
    'gemfiles/rails_7.gemfile.lock',
    'Gemfile.next.lock',
    'vendor/Gemfile.lock',
  ];
  const no = ['Gemfile', 'vendor/bundle/ruby/3.2.0/gems/a/Gemfile.lock', 'x.lock', 'gems.rb'];
  expect([...yes, ...no].filter(gemfileLock.matches)).toEqual(yes);
});

describe('what is no Gemfile.lock', () => {
  it.each([
    ['', 'expected a section GEM'],
    ['{}', 'expected a section GEM'],
    ['GEM\n  specs:\n<<<<<<< HEAD\n', 'an unresolved merge'],
  ])('%j', async (broken, message) => {
    await expect(read(broken)).rejects.toThrow(message);
    await expect(read(broken)).rejects.toThrow(ManifestError);
  });

  it.each(['GEM\n', 'GEM\n    a (1)\n', ' ', '    a (', '(', '\n', '      a\n', '    a (1-'])('a megabyte of %j', async (unit) => {
    const text = unit.repeat(1_000_000 / unit.length);
    await read(`GEM\n${text}`, { Gemfile: text });
  });

  it('many versions of one gem', async () => {
    const all = Array.from({ length: 3000 }, (_, i) => `    a (${i})\n      a`).join('\n');
    expect((await read(`GEM\n${all}`)).entries[0]?.edges).toHaveLength(8);
  });

  it('never fails in another way, whatever is changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(LOCK.length),
        fc.nat(40),
        fc.string({ maxLength: 6 }),
        fc.nat(LOCK.length),
        fc.nat(GEMFILE.length),
        async (at, cut, put, copy, at2) => {
          const changed = LOCK.slice(0, at) + put + LOCK.slice(copy, copy + cut) + LOCK.slice(at + cut);
          const gemfile = GEMFILE.slice(0, at2) + put + GEMFILE.slice(at2 + (cut % 9));
          try {
            graphOf('Gemfile.lock', gemfileLock, await read(changed, { Gemfile: gemfile }));
          } catch (error) {
            expect(error).toBeInstanceOf(ManifestError);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('loses no gem', async () => {
    const kind = fc.constantFrom('GEM', 'GIT', 'PATH', 'PLUGIN SOURCE');
    const version = fc.constantFrom(' (1.0)', ' (1.0-java)', ' (2.0.pre)', '');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(kind, version), { maxLength: 30 }), async (all) => {
        const text = all.map(([section, of], i) => `${section}\n  remote: /x\n  specs:\n    g${i}${of}\n`).join('\n');
        const { entries, left } = await read(`${text}\nDEPENDENCIES\n`);
        expect([...entries, ...left].map(({ name }) => name).sort()).toEqual(all.map((_, i) => `g${i}`).sort());
        expect(entries).toHaveLength(all.filter(([section, of]) => section === 'GEM' && of !== '').length);
      }),
    );
  });
});
