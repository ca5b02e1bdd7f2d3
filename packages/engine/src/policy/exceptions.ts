/** Exceptions: each names its finding, a reason, an owner and an end; what expired or fits nothing is reported. */
import type { Exception, Finding } from '@breakwater/model';
import { BreakwaterError, shortId } from '@breakwater/model';
import ignore from 'ignore';

const LONGEST_DAYS = 90;

/** A day as a number, UTC: `2027-02-23` → days since the epoch. Calendar arithmetic without a clock (civil-from-days, Hinnant). */
export const dayNumber = (date: string): number => {
  const [year = 0, month = 1, day = 1] = date.slice(0, 10).split('-').map(Number);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
};

/** Throws BW2008: an exception that runs for years is a decision nobody takes again. */
export const checkExceptions = (exceptions: readonly Exception[], today: string): void => {
  const long = exceptions.find((e) => dayNumber(e.expires) - dayNumber(today) > LONGEST_DAYS);
  if (long === undefined) return;
  throw new BreakwaterError(
    'BW2008',
    `breakwater.yaml: the exception for ${long.id} runs until ${long.expires}, more than ${LONGEST_DAYS} days`,
    `Choose a day at most ${LONGEST_DAYS} days from now; it can be renewed then.`,
  );
};

export const isExpired = (exception: Exception, today: string): boolean => dayNumber(exception.expires) < dayNumber(today);

/** By advisory id or alias, rule id, or the first six or more digits of the fingerprint; `path` is a gitignore pattern. */
export const covers = (exception: Exception, finding: Finding): boolean => {
  const ids = [finding.ruleId as string, ...(finding.vulnerability ? [finding.vulnerability.id, ...finding.vulnerability.aliases] : [])];
  const named =
    ids.includes(exception.id) ||
    (/^[0-9a-f]{6,64}$/.test(exception.id) && shortId(finding.fingerprint, exception.id.length) === exception.id);
  return named && (exception.path === undefined || finding.locations.some((l) => pathMatches(exception.path ?? '', l.uri)));
};

const pathMatches = (pattern: string, uri: string): boolean => ignore.isPathValid(uri) && ignore().add(pattern).ignores(uri);

export interface ExceptionReview {
  readonly expired: readonly Exception[];
  readonly unused: readonly Exception[];
}

export const reviewExceptions = (exceptions: readonly Exception[], findings: readonly Finding[], today: string): ExceptionReview => ({
  expired: exceptions.filter((e) => isExpired(e, today)),
  unused: exceptions.filter((e) => !isExpired(e, today) && !findings.some((f) => f.kind === 'fail' && covers(e, f))),
});
