/** Sorting by code unit, the same on every host. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** For lists of things with one text as their key. */
export const byKey =
  <T>(key: (item: T) => string) =>
  (a: T, b: T): number =>
    byText(key(a), key(b));
