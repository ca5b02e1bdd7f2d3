/** Addresses that an update loads from: what is allowed, how they are shown, where a redirect may lead. */
import { BreakwaterError } from '@breakwater/model';
import { Failure } from './failure.ts';

export const OSV_BUCKET = 'https://osv-vulnerabilities.storage.googleapis.com';
export const KEV_ADDRESS = 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json';
export const EPSS_ADDRESS = 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz';

export const isAddress = (text: string): boolean => /^https?:\/\//i.test(text);

/** `undefined` when it is none; URL.parse is younger than Node 20.19. */
export const parseUrl = (text: string, base?: URL): URL | undefined => {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
};

/** OSV's spelling, with or without a release: `npm`, `Debian:12`, `Ubuntu:22.04:LTS`. */
export const isEcosystemName = (name: string): boolean =>
  /^[A-Za-z0-9][A-Za-z0-9 ._+-]*(:[A-Za-z0-9 ._+-]*)*$/.test(name) && name.length <= 100;

/** Throws BW4010 for what is no address of http or https. */
export const addressOf = (text: string): URL => {
  const url = isAddress(text) ? parseUrl(text) : undefined;
  if (url !== undefined) return url;
  throw new BreakwaterError('BW4010', 'That is no address of http or https', 'Give an address such as https://mirror.example.com/osv');
};

/** `<base>/<ecosystem>/all.zip`; a query of the base, such as a signature, stays. */
export const archiveAddress = (base: URL, ecosystem: string): URL => {
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/+$/, '')}/${encodeURIComponent(ecosystem)}/all.zip`;
  return url;
};

/** For messages and for the disk: without user, password, query and fragment, where credentials travel. */
export const shownAddress = (url: URL): string => `${url.protocol}//${url.host}${url.pathname}`;

/**
 * Where a redirect leads. Only https, or the same host by the same protocol: a redirect must not make what was encrypted readable and
 * changeable on the way, nor turn an http mirror in one network into a way to reach other hosts of it. Throws a Failure that is not tried again.
 */
export const redirectTarget = (from: URL, location: string | undefined): URL => {
  const to = location === undefined ? undefined : parseUrl(location, from);
  if (to === undefined) throw new Failure('it redirects to what is no address', false);
  const same = to.host === from.host && to.protocol === from.protocol;
  if (to.protocol !== 'https:' && !same) throw new Failure('it redirects to an address that is not encrypted', false);
  if (same && to.username === '') {
    to.username = from.username;
    to.password = from.password;
  }
  return to;
};
