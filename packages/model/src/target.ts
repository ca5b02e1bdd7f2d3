/** What is looked at: a pinned, content-addressed thing (in-toto ResourceDescriptor). */
import type { Sha256 } from './scalar.ts';

export interface Target {
  readonly kind:
    | 'directory'
    | 'repository'
    | 'change'
    | 'container-image'
    | 'artifact'
    | 'sbom'
    | 'http-service'
    | 'process'
    | 'threat-model';
  /** As the user named it; never an absolute path of the machine. */
  readonly uri: string;
  readonly digest?: Sha256;
  /** Commit, image digest or build id that the run speaks about. */
  readonly revision?: string;
}

/** For reports and evidence: an address without user, password, query and fragment, where credentials travel. Other names stay as they are. */
export const publicUri = (uri: string): string => {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*:\/\/)(.*)$/is.exec(uri) ?? [];
  if (scheme === undefined || rest === undefined) return uri;
  const [address = ''] = rest.split(/[?#]/, 1);
  const path = address.indexOf('/');
  const authority = path < 0 ? address : address.slice(0, path);
  return `${scheme}${authority.slice(authority.lastIndexOf('@') + 1)}${path < 0 ? '' : address.slice(path)}`;
};
