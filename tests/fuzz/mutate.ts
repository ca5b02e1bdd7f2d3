/** Small damage to a text, the kinds that editors, merges, cut connections and attackers do; the same seed gives the same damage. */

/** Mulberry32: small, seeded, good enough to choose places. */
export const randomOf = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, below);
  };
};

type Random = ReturnType<typeof randomOf>;
type Damage = (text: string, random: Random) => string;

const splice = (text: string, at: number, drop: number, put: string): string => text.slice(0, at) + put + text.slice(at + drop);

const ODD = [
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  '\\',
  '\0',
  '\u2028',
  '\ufeff',
  '&a',
  '*a',
  '<<:',
  '"""',
  '#',
  '999999999999999999999',
  '__proto__',
  '%s',
  '<!ENTITY x "y">',
  ',',
  ':',
  '=',
  '\t',
  '\r',
  '(',
  ')',
  '@',
];

const lineSpan = (text: string, random: Random): readonly [start: number, end: number] => {
  const at = random(text.length);
  const start = text.lastIndexOf('\n', at) + 1;
  const end = text.indexOf('\n', at);
  return [start, end < 0 ? text.length : end + 1];
};

const DAMAGES: readonly Damage[] = [
  (text, random) => splice(text, random(text.length), 1, String.fromCharCode(random(256))),
  (text, random) => splice(text, random(text.length), 1 + random(40), ''),
  (text, random) => splice(text, random(text.length), 0, ODD[random(ODD.length)] ?? ''),
  (text, random) => text.slice(0, random(text.length)),
  (text, random) => {
    const [start, end] = lineSpan(text, random);
    return splice(text, start, end - start, '');
  },
  (text, random) => {
    const [start, end] = lineSpan(text, random);
    return splice(text, end, 0, text.slice(start, end).repeat(1 + random(3)));
  },
  (text, random) => {
    const [start, end] = lineSpan(text, random);
    const [other] = lineSpan(text, random);
    return splice(text, other, 0, text.slice(start, end));
  },
  (text, random) => splice(text, random(text.length), 0, (ODD[random(ODD.length)] ?? '').repeat(1 + random(2000))),
  (text) => text.replaceAll('\n', '\r\n'),
  (text, random) => splice(text, random(text.length), 0, '<<<<<<< HEAD\n=======\n>>>>>>> theirs\n'),
];

/** One to three damages. */
export const mutated = (text: string, seed: number): string => {
  const random = randomOf(seed);
  let result = text;
  for (let left = 1 + random(3); left > 0; left -= 1)
    result = (DAMAGES[random(DAMAGES.length)] ?? ((same: string) => same))(result, random);
  return result;
};

const VALUES: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  true,
  [],
  {},
  '0',
  '*',
  '1.2.3',
  '1.2',
  'v1.2.3',
  '1.2.3-',
  'x'.repeat(300),
  [[]],
  undefined,
];

/** JSON that is still JSON, with one value in another's place, away, or damaged as a text. */
export const mutatedValue = (json: string, seed: number): string => {
  const random = randomOf(seed);
  let count = 0;
  JSON.parse(json, (_key, value: unknown) => {
    count += 1;
    return value;
  });
  const chosen = random(count);
  let at = -1;
  const damaged = JSON.parse(json, (_key, value: unknown) => {
    at += 1;
    if (at !== chosen) return value;
    return typeof value === 'string' && random(2) === 0 ? mutated(value, seed) : VALUES[random(VALUES.length)];
  });
  return JSON.stringify(damaged) ?? '';
};
