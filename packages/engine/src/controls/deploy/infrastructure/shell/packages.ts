/** What commands of package managers do: `apt-get -y install curl` → install, with its switches. */
import type { Command } from './commands.ts';

export interface PackageCall {
  readonly manager: string;
  /** `install`, `update`, …; '' when there is none. */
  readonly action: string;
  readonly switches: readonly string[];
  readonly names: readonly string[];
}

/** apt, apt-get and aptitude are one manager here; so are yum, dnf and microdnf. */
const FAMILIES: ReadonlyMap<string, string> = new Map([
  ['apt', 'apt'],
  ['apt-get', 'apt'],
  ['aptitude', 'apt'],
  ['yum', 'yum'],
  ['dnf', 'yum'],
  ['microdnf', 'yum'],
  ['tdnf', 'yum'],
  ['apk', 'apk'],
  ['zypper', 'zypper'],
]);
/** Switches that take the next word. */
const WITH_VALUE: ReadonlySet<string> = new Set([
  '-o',
  '-t',
  '-c',
  '--option',
  '--target-release',
  '--config-file',
  '-X',
  '--repository',
  '--virtual',
]);

export const packageCall = (command: Command): PackageCall | undefined => {
  const manager = FAMILIES.get(command.name);
  if (manager === undefined) return undefined;
  const switches: string[] = [];
  const words: string[] = [];
  for (let index = 0; index < command.arguments.length; index += 1) {
    const word = command.arguments[index] ?? '';
    if (!word.startsWith('-')) words.push(word);
    else if (!WITH_VALUE.has(word)) switches.push(word);
    else {
      index += 1;
      switches.push(`${word} ${command.arguments[index] ?? ''}`);
    }
  }
  const [action = '', ...names] = words;
  return { manager, action, switches, names };
};
