import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPopular } from '../../../../extractors/popular/read.ts';
import { conventionsOf } from './conventions.ts';
import { lookAlikes } from './look-alike.ts';
import { NearNames, slipAt } from './one-slip.ts';

const popular = await readPopular();
const tableOf = (ecosystem: 'npm' | 'PyPI') => {
  const names = popular.get(ecosystem) ?? { imitated: new Set<string>(), known: new Set<string>() };
  return { names, table: lookAlikes(names, conventionsOf(ecosystem)) };
};
const npm = tableOf('npm');
const python = tableOf('PyPI');

/**
 * Taken down by the registries and named in public reports. The check was tuned with these in view, so what it finds of them says how
 * much of known attacks its principles cover, not how much of unknown ones. Those missed imitate what is in no list of much-used names.
 */
const HISTORICAL = {
  npm: `crossenv babelcli d3.js fabric-js ffmepg gruntcli http-proxy.js jquery.js mariadb mongose mssql.js mssql-node mysqljs nodecaffe
    nodefabric node-fabric nodeffmpeg nodemailer-js nodemailer.js nodemssql node-opencv node-opensl node-openssl noderequest nodesass
    nodesqlite node-sqlite node-tkinter opencv.js openssl.js proxy.js shadowsock smb sqlite.js sqliter sqlserver tkinter`,
  PyPI: `colourama djanga easyinstall libpeshnx python3-dateutil jeilyfish requessts reqeusts diango urlib3 python-ftp acqusition bzip
    crypt django-server pwd setup-tools telnet urllib`,
};
/** Public cases too, measured once after the check was finished and never tuned to: the more honest figure of the two. */
const HELD_OUT = {
  npm: 'electorn loadyaml discordi.js db-json.js jdb.js twilio-npm cross-env.js typescriptjs mogodb lodahs',
  PyPI: 'djago mumpy maratlib mplatlib reuests tequests rrequests beautifulsup4 beautiflulsoup colorslib httpslib pytz3-dev',
};
const listOf = (ecosystem: 'npm' | 'PyPI'): readonly string[] => HISTORICAL[ecosystem].split(/\s+/);

describe('historical typosquats', () => {
  it.each([
    ['npm', npm.table, 22],
    ['PyPI', python.table, 13],
  ] as const)('finds those of %s that imitate a much-used name', (ecosystem, table, least) => {
    const all = listOf(ecosystem);
    const missed = all.filter((name) => table.of(name) === undefined);
    const other = HELD_OUT[ecosystem].split(' ');
    const unseen = other.filter((name) => table.of(name) === undefined);
    process.stdout.write(`${ecosystem}: ${all.length - missed.length} of ${all.length} found; missed ${missed.join(' ')}\n`);
    process.stdout.write(`${ecosystem}, held out: ${other.length - unseen.length} of ${other.length}; missed ${unseen.join(' ')}\n`);
    expect(all.length - missed.length).toBeGreaterThanOrEqual(least);
  });
});

describe('lookAlikes', () => {
  it('never flags a name that is well known', () => {
    for (const { names, table } of [npm, python]) for (const name of names.known) expect(table.of(name)).toBeUndefined();
  });
  it.each([
    ['args-parser', 'another word that other packages use as well'],
    ['@acme/request', 'a scope of its own'],
    ['node-eta', 'a short word that hardly anybody uses'],
    ['es-constants', 'a short word'],
    ['wss', 'too short to be a slip'],
  ])('lets %s pass: %s', (name) => {
    expect(npm.table.of(name)).toBeUndefined();
  });
  it.each([
    ['requset', 'request'],
    ['expr3ss', undefined],
    ['l0dash', 'lodash'],
    ['jquery.js', 'jquery'],
    ['nodemailer-js', 'nodemailer'],
    ['cross.env', 'cross-env'],
    ['@babell/core', '@babel/core'],
  ])('%s reads like %s', (name, meant) => {
    expect(npm.table.of(name)).toBe(meant);
  });
  it('takes time that grows with the names asked, not with their product', () => {
    const long = 'a'.repeat(100_000);
    expect(npm.table.of(long)).toBeUndefined();
    expect(npm.table.of(`${'-'.repeat(50_000)}${'js'.repeat(50_000)}`)).toBeUndefined();
  });
});

const word = fc.string({ minLength: 6, maxLength: 14, unit: fc.constantFrom('a', 'b', 'l', '1', '-', '.') });

describe('slipAt', () => {
  it('is symmetric, and no name is a slip of itself', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(slipAt(a, b)).toBe(slipAt(b, a));
        expect(slipAt(a, a)).toBeUndefined();
      }),
    );
  });
  it('is found through halves wherever a plain comparison with every name finds one', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), word, fc.nat(), fc.constantFrom('a', 'b', 'l', '1', ''), (names, base, place, put) => {
        const at = place % base.length;
        const asked = base.slice(0, at) + put + base.slice(at + (place % 2));
        const all = [...names, base];
        const plain = new Set(all.filter((name) => slipAt(asked, name) !== undefined));
        const found = new Set<string>();
        new NearNames(all).find(asked, (near) => {
          found.add(near);
          return false;
        });
        expect([...found].sort()).toEqual([...plain].sort());
      }),
      { numRuns: 500 },
    );
  });
});
