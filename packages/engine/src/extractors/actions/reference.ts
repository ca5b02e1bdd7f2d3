/** `owner/repository/path@ref` of a workflow → the action and the release it means, or why that is not written there. */
import type { Left } from '../dependencies/format.ts';

export type Reference =
  | { readonly kind: 'local' }
  | { readonly kind: 'left'; readonly name: string; readonly origin: Left['origin']; readonly why?: string }
  | {
      readonly kind: 'release';
      /** `owner/repository`: advisories speak about repositories, whatever folder of them is used. */
      readonly name: string;
      /** Without the v. */
      readonly version: string;
      readonly ref: string;
      /** The commit, where it is pinned to one. */
      readonly commit?: string;
    };

const PARTS = /^([A-Za-z0-9][A-Za-z0-9_-]{0,99}\/[A-Za-z0-9._-]{1,100})(?:\/[^@\s]{1,500})?@([^\s@]{1,255})$/;
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;
const EXACT = /^v?(\d{1,20}(?:\.\d{1,20}){2,5}(?:[-+][0-9A-Za-z.+-]{1,64})?)$/;
/** `v4.1.2`, `tag=v4.1.2`, `pin@v4.1.2`, `ratchet:actions/checkout@v4.1.2`. */
const IN_COMMENT = /(?:^|[\s=@:(])v?(\d{1,20}(?:\.\d{1,20}){2,5}(?:[-+][0-9A-Za-z.+-]{1,64})?)(?=$|[\s),;])/;

const whyMoving = (ref: string): string => (/^v?\d+(?:\.\d+)?$/.test(ref) ? `${ref} moves with each release` : `${ref} is no release`);

const pinned = (name: string, commit: string, comment: string): Reference => {
  const version = IN_COMMENT.exec(comment)?.[1];
  if (version !== undefined) return { kind: 'release', name, version, ref: commit, commit };
  return { kind: 'left', name: `${name}@${commit.slice(0, 12)}`, origin: 'unresolved', why: 'a commit without its release in a comment' };
};

/** Of the own repository: `./path` from the checkout, `$/path` from the repository of the workflow itself. */
const isLocal = (text: string): boolean => /^(?:\.{1,2}|\$)\//.test(text);

/** `text`: of a `uses:`, or the image of a Docker action, where a plain word is the name of a Dockerfile. */
export const referenceOf = (text: string, comment: string): Reference => {
  if (text.startsWith('docker://')) return { kind: 'left', name: text, origin: 'remote' };
  if (isLocal(text) || !/[/@]/.test(text)) return { kind: 'local' };
  const [, name, ref] = PARTS.exec(text) ?? [];
  if (name === undefined || ref === undefined) return { kind: 'left', name: text.slice(0, 100), origin: 'unreadable' };
  if (COMMIT.test(ref)) return pinned(name, ref.toLowerCase(), comment);
  const version = EXACT.exec(ref)?.[1];
  if (version !== undefined) return { kind: 'release', name, version, ref };
  return { kind: 'left', name: `${name}@${ref}`, origin: 'unresolved', why: whyMoving(ref) };
};
