/** The crates that a program of Rust was built from, where cargo-auditable wrote them down. @see https://github.com/rust-secure-code/cargo-auditable/blob/master/cargo-auditable.schema.json */
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { z } from 'zod';
import type { Link, Node } from '../cargo/through.ts';
import { Stepper } from '../cargo/through.ts';
import type { Entry, Format, Left, Parsed } from '../dependencies/format.ts';
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { Image } from './executable/image.ts';
import { exactly } from './executable/image.ts';

/** For messages; a binary is found by its bytes, not by its name. */
export const RUST_BINARY: Pick<Format, 'kind' | 'ecosystem' | 'versions' | 'remake'> = {
  kind: 'rust-binary',
  ecosystem: 'crates.io',
  versions: 'programs of cargo auditable (section .dep-v0), ELF, PE and Mach-O',
  remake: 'cargo auditable build --release',
};

const SECTION = '.dep-v0';
/** Some 100 bytes a crate; a thousand crates unpack to 100 KB. */
const MAX_PACKED = 8 << 20;
const MAX_UNPACKED = 8 << 20;
/** Of all crates together; a crate has about five dependencies. */
const MAX_LINKS = 1_000_000;

const HERE = { startLine: 1 };

const audit = z.object({
  format: z.number().int().default(0),
  packages: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      source: z.string(),
      kind: z.string().default('runtime'),
      dependencies: z.array(z.number().int().nonnegative()).default([]),
      root: z.boolean().default(false),
    }),
  ),
});
type Audit = z.infer<typeof audit>;
type Crate = Audit['packages'][number];

const unpack = promisify<Buffer, { readonly maxOutputLength: number }, Buffer>(inflate);

const auditOf = async (packed: Buffer): Promise<Audit> => {
  const text = await unpack(packed, { maxOutputLength: MAX_UNPACKED }).catch(() => {
    throw new ManifestError(`expected a list of crates that unpacks to at most ${MAX_UNPACKED >> 20} MB`);
  });
  try {
    return audit.parse(JSON.parse(text.toString('utf8')));
  } catch {
    throw new ManifestError('expected a list of crates as cargo auditable writes it');
  }
};

const BUILD = 'build';
const isPublished = ({ source }: Crate): boolean => source === 'crates.io';

/** What only the build ran is not in the program: as a development dependency is not. */
const linksOf = ({ dependencies }: Crate, crates: readonly Crate[]): readonly Link[] =>
  dependencies.flatMap((to) => {
    const target = crates[to];
    return target === undefined ? [] : [{ name: target.name, to, kind: target.kind === BUILD ? ('dev' as const) : ('prod' as const) }];
  });

const nodeOf = (crate: Crate, crates: readonly Crate[], place: string | undefined): Node => ({
  ...(place === undefined ? {} : { place }),
  stops: crate.root && place === undefined,
  links: linksOf(crate, crates),
});

const leftOf = ({ name, source, root }: Crate): readonly Left[] => {
  if (source === 'crates.io' || root) return [];
  return [{ name, line: 1, origin: source === 'git' ? 'git' : source === 'local' ? 'file' : 'remote' }];
};

const placesOf = (crates: readonly Crate[]): readonly (string | undefined)[] => {
  const taken = new Map<string, number>();
  return crates.map((crate) => {
    if (!isPublished(crate)) return undefined;
    const short = `${crate.name} ${crate.version}`;
    const copy = (taken.get(short) ?? 0) + 1;
    taken.set(short, copy);
    return copy === 1 ? short : `${short} (${copy})`;
  });
};

const parsedOf = ({ packages: crates, format }: Audit): Parsed => {
  const links = crates.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
  if (links > MAX_LINKS) throw new ManifestError(`expected at most ${MAX_LINKS} dependencies`);
  const places = placesOf(crates);
  const nodes = crates.map((crate, index) => nodeOf(crate, crates, places[index]));
  const stepper = new Stepper(nodes);
  const entry = ({ name, version, kind }: Crate, index: number, place: string): Entry => {
    const scope = kind === BUILD ? 'excluded' : 'required';
    return { place, ecosystem: RUST_BINARY.ecosystem, name, version, region: HERE, edges: stepper.edgesOf(index), scope };
  };
  return {
    formatVersion: String(format),
    entries: crates.flatMap((crate, index) => {
      const place = places[index];
      return place === undefined ? [] : [entry(crate, index, place)];
    }),
    roots: crates.flatMap((crate, index) => (crate.root ? [{ folder: '', edges: stepper.edgesOf(index) }] : [])),
    direct: {},
    left: crates.flatMap(leftOf),
  };
};

/** `undefined`: the section is not there. Throws ManifestError when it cannot be read. */
export const readRustBinary = async ({ sections, bytes }: Image): Promise<Parsed | undefined> => {
  const section = sections.find(({ name }) => name === SECTION);
  if (section === undefined) return undefined;
  const packed = section.size > MAX_PACKED ? undefined : await exactly(bytes, section.offset, section.size);
  if (packed === undefined) throw new ManifestError(`expected a list of crates of at most ${MAX_PACKED >> 20} MB`);
  return parsedOf(await auditOf(packed));
};
