/** Which code stands behind a required module once `replace` has its say. @see https://go.dev/ref/mod#go-mod-file-replace */
import type { Replace } from './mod-file.ts';

export interface Module {
  readonly path: string;
  readonly version: string;
}

/** The module that is compiled, or the folder that is used in its place. */
export type Used = Module | { readonly folder: string };

const keyOf = (path: string, version: string | undefined): string => `${path}\0${version ?? ''}`;

/** A replacement of one version wins over that of all versions, a later line over an earlier one. */
export const replacer = (replaces: readonly Replace[]): ((module: Module) => Used) => {
  const byKey = new Map(replaces.map((replace) => [keyOf(replace.path, replace.version), replace]));
  return (module) => {
    const replace = byKey.get(keyOf(module.path, module.version)) ?? byKey.get(keyOf(module.path, undefined));
    if (replace === undefined) return module;
    return replace.toVersion === undefined ? { folder: replace.to } : { path: replace.to, version: replace.toVersion };
  };
};
