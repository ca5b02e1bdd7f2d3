/** Names and values of ENV and ARG, and which names announce a secret. */
import type { DockerInstruction } from '../../../../extractors/facts.ts';
import { splitCommands } from '../shell/split.ts';

export interface Pair {
  readonly name: string;
  /** `undefined`: an ARG without a default. */
  readonly value: string | undefined;
}

/** Both forms: `ENV A=1 B=2` and the old `ENV A the rest`. */
export const pairsOf = (instruction: DockerInstruction): readonly Pair[] => {
  const text = instruction.arguments;
  const old = instruction.name === 'ENV' ? /^([^\s=]+)\s+([\s\S]+)$/.exec(text) : null;
  if (old !== null) return [{ name: old[1] ?? '', value: old[2] ?? '' }];
  const words = splitCommands(text).flatMap((command) => command.words);
  return words.map((word) => {
    const equals = word.indexOf('=');
    return equals < 0 ? { name: word, value: undefined } : { name: word.slice(0, equals), value: word.slice(equals + 1) };
  });
};

const SECRET = /(^|_)(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|SECRET_?KEY|CREDENTIALS?)(_?\d+)?$/i;
const HARMLESS = /^(ALLOW|ENABLE|DISABLE|USE|NO|REQUIRE|SHOW)_|EMPTY_PASSWORD|PUBLIC/i;

export const isSecretName = (name: string): boolean => SECRET.test(name) && !HARMLESS.test(name);

/** A switch, a path, an address or another variable is not the secret itself. */
const ELSEWHERE = /^(\$|\/|\.\/|https?:\/\/|file:)|^(true|false|yes|no|on|off|none|null|\d{1,3})$/i;

export const isSecretValue = (value: string | undefined): boolean => value !== undefined && value !== '' && !ELSEWHERE.test(value);
