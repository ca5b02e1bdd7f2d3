/** go.sum: the checksums of everything a build has downloaded. @see https://go.dev/ref/mod#go-sum-files */
import { compareModuleVersions, isModuleVersion } from './version.ts';

export interface SumFile {
  /** `path@version` → `h1:…`, the digest of the module's files (no digest of any one file). */
  readonly digests: ReadonlyMap<string, string>;
  /** Path → the highest version whose code, not only whose go.mod, was needed. */
  readonly highest: ReadonlyMap<string, string>;
  /** Lines that are no checksum: a conflict of a merge, a file cut off. */
  readonly unread: number;
}

const GO_MOD = '/go.mod';

export const parseSumFile = (text: string): SumFile => {
  const digests = new Map<string, string>();
  const highest = new Map<string, string>();
  let unread = 0;
  for (const line of text.split('\n')) {
    const [path, version, digest, ...rest] = line.trim().split(/\s+/);
    if (!path) continue;
    if (version === undefined || digest === undefined || rest.length > 0 || !/^h\d+:/.test(digest)) unread += 1;
    else if (!version.endsWith(GO_MOD)) {
      digests.set(`${path}@${version}`, digest);
      const known = highest.get(path);
      if (isModuleVersion(version) && (known === undefined || compareModuleVersions(version, known) > 0)) highest.set(path, version);
    }
  }
  return { digests, highest, unread };
};
