/** Instants written out for a reader, in UTC and without a locale. */
import { count, plural } from './numbers.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?/;
const DAY_MS = 86_400_000;

/** `2026-11-22T08:00:00Z` or `2026-11-22` → `22 Nov 2026`. What is no date comes back as it is. */
export const dateText = (iso: string): string => {
  const [, year, month, day] = ISO.exec(iso) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? iso : `${Number(day)} ${name} ${year}`;
};

/** `2026-11-23T09:14:07Z` → `23 Nov 2026, 09:14 UTC`. */
export const instantText = (iso: string): string => {
  const time = ISO.exec(iso)?.[4];
  return time === undefined ? dateText(iso) : `${dateText(iso)}, ${time} UTC`;
};

/** Age in whole days of `from` at the instant `at`: `less than a day old`, `1 day old`, `412 days old`; empty when either is no date. */
export const ageText = (from: string, at: string): string => {
  const days = Math.floor((Date.parse(at) - Date.parse(from)) / DAY_MS);
  if (Number.isNaN(days)) return '';
  if (days < 0) return 'newer than this run';
  return days === 0 ? 'less than a day old' : `${plural(days, 'day')} old`;
};

/** 0.934 → `93 %`; what rounds to nothing is `under 1 %`, never zero. */
export const chanceText = (chance: number): string => (chance < 0.01 ? 'under 1 %' : `${count(Math.round(chance * 100))} %`);
