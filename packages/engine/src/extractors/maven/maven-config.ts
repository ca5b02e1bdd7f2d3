/** `.mvn/maven.config`: the options that every build of this tree is given; its `-D` and `-P` decide over the poms. */

export interface MavenConfig {
  readonly properties: ReadonlyMap<string, string>;
  /** Ids of the profiles that are switched on. */
  readonly active: ReadonlySet<string>;
  /** Switched off: `-P !x`, `-P -x`. */
  readonly inactive: ReadonlySet<string>;
}

export const NO_CONFIG: MavenConfig = { properties: new Map(), active: new Set(), inactive: new Set() };

const OPTIONS: readonly (readonly [option: string, kind: 'define' | 'profile'])[] = [
  ['--define', 'define'],
  ['-D', 'define'],
  ['--activate-profiles', 'profile'],
  ['-P', 'profile'],
];

type Given = readonly [kind: 'define' | 'profile', value: string];

/** One option a line since Maven 3.9, several before; the value may follow with `=` or a space. */
const givenIn = (text: string): readonly Given[] => {
  const given: Given[] = [];
  const words = text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .flatMap((line) => line.trim().split(/\s+/));
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [option, kind] = OPTIONS.find(([start]) => word.startsWith(start)) ?? [];
    if (option === undefined || kind === undefined) continue;
    const rest = word.slice(option.length).replace(/^=/, '');
    if (rest === '') at += 1;
    given.push([kind, rest === '' ? (words[at] ?? '') : rest]);
  }
  return given;
};

/** Never throws; what is no `-D` and no `-P` says nothing of dependencies. */
export const configIn = (text: string): MavenConfig => {
  const properties = new Map<string, string>();
  const active = new Set<string>();
  const inactive = new Set<string>();
  for (const [kind, value] of givenIn(text)) {
    if (kind === 'define') {
      const cut = value.indexOf('=');
      properties.set(cut < 0 ? value : value.slice(0, cut), cut < 0 ? 'true' : value.slice(cut + 1));
      continue;
    }
    for (const id of value.split(',')) {
      if (/^[!-]/.test(id)) inactive.add(id.slice(1));
      else active.add(id.replace(/^[+?]/, ''));
    }
  }
  return { properties, active, inactive };
};
