/** Keys of a pnpm lockfile, which changed with each major version: `/a/1.0.0_b@2`, `/a@1.0.0(b@2)`, `a@1.0.0(b@2)`. */
import semver from 'semver';
import { splitNamed } from '../npm/named.ts';

export type Major = 5 | 6 | 9;

export interface DepPath {
  /** '' where the key is an address. */
  readonly name: string;
  /** undefined: an address, or nothing that the registry could have published. */
  readonly version: string | undefined;
}

/** Without what the peers and patches add at the end: `a@1.0.0(b@2)(patch_hash=x)` → `a@1.0.0`. Brackets within an address stay. */
export const withoutSuffix = (key: string): string => {
  if (!key.endsWith(')')) return key;
  let open = 0;
  for (let at = key.length - 1; at > 0; at -= 1) {
    if (key[at] === ')') open += 1;
    else if (key[at] === '(') open -= 1;
    if (open === 0 && key[at - 1] !== ')') return key.slice(0, at);
  }
  return key;
};

const valid = (name: string, version: string): DepPath => ({
  name,
  version: semver.valid(version, { loose: true }) === null ? undefined : version,
});

/** `/a/1.0.0_peers`, `registry.example/@s/a/1.0.0`; before 5.1 peers may follow a further slash. */
const parseSlashes = (key: string): DepPath => {
  const parts = key.split('/').slice(1);
  const first = parts.shift() ?? '';
  const name = first.startsWith('@') ? `${first}/${parts.shift() ?? ''}` : first;
  return valid(name, (parts[0] ?? '').split('_', 1)[0] ?? '');
};

/** Never throws. */
export const parseDepPath = (key: string, major: Major): DepPath => {
  if (major === 5) return key.startsWith('file:') ? { name: '', version: undefined } : parseSlashes(key);
  const id = withoutSuffix(key);
  if (major === 9) {
    const { name, wish } = splitNamed(id);
    return valid(name, wish);
  }
  if (id.startsWith('file:')) return { name: '', version: undefined };
  const { name, wish } = splitNamed(id.slice(id.indexOf('/') + 1)); // in front of the slash stands the host of another registry
  return valid(name, wish);
};

/** The keys that a reference of a dependency called `name` may mean, the likeliest first. */
export const candidates = (name: string, reference: string, major: Major): readonly string[] => {
  if (major === 9) return [`${name}@${reference}`, reference];
  return major === 6 ? [`/${name}@${reference}`, reference, `/${reference}`] : [`/${name}/${reference}`, reference];
};
