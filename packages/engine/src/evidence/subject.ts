/** What a record speaks about: in-toto subjects and targets without credentials. */
import type { Sha256, Target } from '@breakwater/model';
import { publicUri } from '@breakwater/model';
import type { Draft } from './record.ts';

/** in-toto wants a digest for each subject: of the target where one is known, else of what was found in it. */
export const subjectOf = (target: Target, findings: Sha256): Draft['subject'] => {
  const digest = target.digest === undefined ? {} : digestSet(target.digest);
  const commit =
    target.revision !== undefined && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(target.revision) ? { gitCommit: target.revision } : {};
  const known = { ...digest, ...commit };
  const name = publicUri(target.uri);
  return Object.keys(known).length > 0 ? [{ name, digest: known }] : [{ name: `findings in ${name}`, digest: digestSet(findings) }];
};

export const digestSet = (digest: Sha256): Readonly<Record<string, string>> => ({ sha256: digest.slice('sha256:'.length) });

export const publicTarget = (target: Target): Target => ({ ...target, uri: publicUri(target.uri) });
