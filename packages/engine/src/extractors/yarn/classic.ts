/** yarn.lock of Yarn 1: a flat list of packages; what is direct and what is for development only package.json says. */
import type { Format, Parsed } from '../dependencies/format.ts';
import { aliasOf, elsewhere, integrityOfSha1, publishedOr, splitNamed } from '../npm/named.ts';
import { isRegistryTarball, originOfEntry, originOfRange } from '../npm/origin.ts';
import { assemble } from './assemble.ts';
import type { Block, Wish } from './block.ts';
import type { ClassicBlock } from './classic-text.ts';
import { readClassic } from './classic-text.ts';
import { isBerry, isYarnLock, MAX_BYTES } from './file.ts';
import { workspaceProjects } from './projects.ts';

const wishesOf = ({ lists }: ClassicBlock): readonly Wish[] => [
  ...[...(lists.get('dependencies') ?? [])].map(([name, wish]): Wish => ({ name, wish, kind: 'prod' })),
  ...[...(lists.get('optionalDependencies') ?? [])].map(([name, wish]): Wish => ({ name, wish, kind: 'optional' })),
];

/** `name` is only written where it is not the one of the pattern. */
const nameOf = (block: ClassicBlock): string => {
  const { name, wish } = splitNamed(block.patterns[0] ?? '');
  return block.fields.get('name') ?? aliasOf(wish)?.name ?? name;
};

/** A wish for an address that the registry's own tarball answers was overridden. */
const originOf = (block: ClassicBlock, version: string, resolved: string | undefined): Block['origin'] => {
  const recorded = originOfEntry(version, resolved);
  if (recorded !== 'registry' || isRegistryTarball(resolved)) return recorded;
  const wishes = block.patterns.map((pattern) => splitNamed(pattern).wish);
  const address = wishes.find((wish) => originOfRange(wish) !== 'registry');
  return address === undefined ? 'registry' : elsewhere(address);
};

const blockOf = (raw: ClassicBlock): Block => {
  const [resolved, sha1 = ''] = raw.fields.get('resolved')?.split('#', 2) ?? [];
  const version = raw.fields.get('version');
  const name = nameOf(raw);
  const address = raw.fields.get('resolved')?.startsWith('git') === true ? raw.fields.get('resolved') : resolved;
  return {
    place: `${name}@${version ?? ''}`,
    patterns: raw.patterns,
    region: { startLine: raw.line },
    name,
    version,
    origin: version === undefined ? 'unreadable' : publishedOr(originOf(raw, version, address), name, version),
    wishes: wishesOf(raw),
    peers: [],
    integrity: raw.fields.get('integrity')?.split(' ', 1)[0] ?? integrityOfSha1(sha1),
    resolved: address,
  };
};

/** Two blocks may hold one version, from a merge or from two addresses. */
const withOwnPlaces = (blocks: readonly Block[]): readonly Block[] => {
  const seen = new Map<string, number>();
  return blocks.map((block) => {
    const count = (seen.get(block.place) ?? 0) + 1;
    seen.set(block.place, count);
    return count === 1 ? block : { ...block, place: `${block.place} (${count})` };
  });
};

export const yarnClassic: Format = {
  kind: 'yarn-classic',
  ecosystem: 'npm',
  versions: 'yarn.lock version 1 (Yarn 0.18 to 1.22)',
  matches: isYarnLock,
  maxBytes: MAX_BYTES,
  remake: 'yarn install',
  async read(_uri, text, near): Promise<Parsed | undefined> {
    if (isBerry(text)) return undefined;
    return assemble(withOwnPlaces(readClassic(text).map(blockOf)), await workspaceProjects(near), '1');
  },
};
