/** What a flaw does to the application, in plain words, by its CWE numbers: worst and most telling first. */

interface Effect {
  readonly cwes: readonly number[];
  /** `#` stands for the package with its version. */
  readonly words: string;
}

const EFFECTS: readonly Effect[] = [
  { cwes: [506, 507, 511, 912], words: '# is malicious: whoever installs it runs its code' },
  { cwes: [94, 95, 96, 97, 98, 1336, 470], words: 'Crafted input can run code through #' },
  { cwes: [77, 78, 88, 624], words: 'Crafted input can run commands through #' },
  { cwes: [502], words: 'Crafted data can become live objects, and run code, through #' },
  { cwes: [1321, 915, 471, 913], words: 'Crafted input can change every object through #' },
  { cwes: [89, 943, 90, 643, 564, 652], words: 'Crafted input can change queries through #' },
  { cwes: [119, 120, 121, 122, 125, 126, 787, 415, 416, 823, 908, 457], words: 'Crafted input can read or break memory through #' },
  {
    cwes: [287, 288, 289, 290, 294, 302, 303, 304, 305, 306, 307, 384, 613, 640, 798],
    words: 'A stranger can pass as somebody else through #',
  },
  { cwes: [345, 346, 347, 354, 295, 297, 299, 924, 1385], words: 'Forged data can pass as genuine through #' },
  { cwes: [285, 862, 863, 639, 269, 266, 276, 281, 284, 732, 250, 668], words: 'Somebody can do what they are not allowed to through #' },
  { cwes: [918, 441], words: 'Crafted input can make the server call other addresses through #' },
  { cwes: [22, 23, 24, 29, 35, 36, 37, 40, 73, 427, 434, 552], words: 'A crafted path can reach files outside its folder through #' },
  { cwes: [59, 61, 64, 363, 367], words: 'A planted link can reach files outside its folder through #' },
  { cwes: [611, 776, 827, 91], words: 'A crafted XML document can read files or addresses through #' },
  { cwes: [79, 80, 81, 83, 84, 85, 86, 87, 116, 692, 1004], words: 'Crafted input can run scripts in the browser of a visitor through #' },
  { cwes: [352, 1275], words: 'Another site can act for a signed-in visitor through #' },
  { cwes: [444, 113, 93, 644, 436], words: 'A crafted request can slip past its boundary through #' },
  { cwes: [601], words: 'A crafted link can lead visitors to another site through #' },
  { cwes: [1021, 451], words: 'Another site can dress itself as this one through #' },
  {
    cwes: [319, 311, 312, 326, 327, 328, 330, 331, 335, 338, 340, 916, 759, 203, 208, 385, 310, 325],
    words: 'Secrets can be guessed or read through weak cryptography in #',
  },
  {
    cwes: [200, 201, 209, 212, 215, 226, 359, 497, 522, 524, 532, 538, 548],
    words: 'Information that should stay inside can leak through #',
  },
  { cwes: [1333, 185, 186, 625, 730], words: 'Crafted text can block the process through a slow pattern in #' },
  {
    cwes: [400, 770, 405, 407, 409, 674, 834, 835, 789, 1050, 401, 404, 772, 1325, 606],
    words: 'Crafted input can use up memory or time in #',
  },
  { cwes: [74, 75, 917, 138, 1236], words: 'Crafted input can change what the application does through #' },
  { cwes: [829, 830, 494, 1357], words: 'Foreign code can come in through #' },
  { cwes: [693, 184, 183, 791, 807, 501, 697, 1188], words: 'A check that should hold can be passed by through #' },
  // least telling: 20 and its like stand beside a better number in most records
  { cwes: [248, 754, 755, 703, 617, 476, 369, 20, 1287, 228, 129], words: 'Crafted input can confuse or stop the application through #' },
];

const numbersOf = (cwes: readonly string[]): ReadonlySet<number> => new Set(cwes.map((cwe) => Number(cwe.replace('CWE-', ''))));

/** The CVE id where there is one: that is what people search for. */
export const bestKnownId = (id: string, aliases: readonly string[]): string =>
  id.startsWith('CVE-') ? id : (aliases.find((alias) => alias.startsWith('CVE-')) ?? id);

/** One sentence without a full stop. `component`: `ejs 3.1.6`. */
export const effectOf = (
  advisory: { readonly id: string; readonly aliases: readonly string[]; readonly cwes: readonly string[] },
  component: string,
): string => {
  const numbers = numbersOf(advisory.cwes);
  const malicious = advisory.id.startsWith('MAL-') || advisory.aliases.some((alias) => alias.startsWith('MAL-'));
  const effect = malicious ? EFFECTS[0] : EFFECTS.find(({ cwes }) => cwes.some((cwe) => numbers.has(cwe)));
  if (effect === undefined) return `${component} has a known flaw, ${bestKnownId(advisory.id, advisory.aliases)}`;
  return effect.words.replace('#', () => component);
};
