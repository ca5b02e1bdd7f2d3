/** What files of the project tell package managers about where to look: .npmrc, pip.conf and options in requirements files. */
import { BreakwaterError } from '@breakwater/model';
import type { RegistrySetting } from '../facts.ts';
import type { Reading } from '../reading.ts';

const BYTES = 1 << 20;
const FILES = /(^|\/)(\.npmrc|pip\.(conf|ini)|[^/]*requirements[^/]*\.(txt|in)|requirements\/[^/]+\.txt)$/;

/** Host of an address, without user and password; undefined for what is none. */
const hostOf = (address: string): string | undefined => {
  try {
    return new URL(address).host.toLowerCase() || undefined;
  } catch {
    return undefined;
  }
};

type Found = Pick<RegistrySetting, 'kind' | 'scope'> & { readonly address: string };

const NPM_SCOPE = /^\s*(@[\w.~-]{1,214}):registry\s*=\s*(\S{1,2000})/;
const NPM_DEFAULT = /^\s*registry\s*=\s*(\S{1,2000})/;

const inNpmrc = (line: string): Found | undefined => {
  const [, scope, address] = NPM_SCOPE.exec(line) ?? [];
  if (scope !== undefined && address !== undefined) return { kind: 'npm-scope', scope, address };
  const [, all] = NPM_DEFAULT.exec(line) ?? [];
  return all === undefined ? undefined : { kind: 'npm-default', address: all };
};

const EXTRA_OPTION = /^\s*--extra-index-url[\s=]+(\S{1,2000})/;
const EXTRA_SETTING = /^\s*extra-index-url\s*=\s*(\S{1,2000})/;

const inRequirements = (line: string): Found | undefined => {
  const [, address] = EXTRA_OPTION.exec(line) ?? [];
  return address === undefined ? undefined : { kind: 'extra-index', address };
};
const inPipConf = (line: string): Found | undefined => {
  const [, address] = EXTRA_SETTING.exec(line) ?? [];
  return address === undefined ? undefined : { kind: 'extra-index', address };
};

const readerOf = (uri: string): ((line: string) => Found | undefined) =>
  uri.endsWith('.npmrc') ? inNpmrc : /pip\.(conf|ini)$/.test(uri) ? inPipConf : inRequirements;

/** Pure; by line. Addresses with a variable in the host say nothing and are left out. */
export const settingsIn = (uri: string, text: string): readonly RegistrySetting[] => {
  const read = readerOf(uri);
  return text.split(/\r?\n/).flatMap((line, index) => {
    const found = read(line.slice(0, 4096));
    const host = found === undefined ? undefined : hostOf(found.address);
    if (found === undefined || host === undefined) return [];
    const scope = found.scope === undefined ? {} : { scope: found.scope };
    return [{ uri, region: { startLine: index + 1 }, kind: found.kind, ...scope, host }];
  });
};

/** In the order of the files. A file that cannot be read is said by whoever reads it for its packages. */
export const readRegistries = async (reading: Reading): Promise<readonly RegistrySetting[]> => {
  const settings: RegistrySetting[] = [];
  for (const { uri } of reading.files.filter((file) => FILES.test(file.uri))) {
    reading.signal.throwIfAborted();
    try {
      settings.push(...settingsIn(uri, await reading.readText(uri, BYTES)));
    } catch (error) {
      if (!(error instanceof BreakwaterError)) throw error;
      reading.problem({ code: error.code, uri, message: error.message, hint: error.hint, incomplete: true });
    }
  }
  return settings;
};
