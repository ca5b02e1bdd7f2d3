/** What the terminal at the other end can show: width, colour, letters. */

export interface Terminal {
  readonly columns: number;
  readonly colour: boolean;
  readonly unicode: boolean;
  readonly interactive: boolean;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const DEFAULT_COLUMNS = 100;
const NARROWEST = 40;

/** NO_COLOR, TERM=dumb or a pipe: no escape codes. FORCE_COLOR wins over a pipe. @see https://no-color.org */
export const terminalOf = (stream: Stream, environment: NodeJS.ProcessEnv, noColor = false): Terminal => {
  const interactive = stream.isTTY === true;
  const declared = Number(environment['COLUMNS']);
  const columns = stream.columns ?? (Number.isInteger(declared) && declared > 0 ? declared : DEFAULT_COLUMNS);
  return {
    columns: Math.max(NARROWEST, columns),
    colour: wantsColour(interactive, environment, noColor),
    unicode: isUtf8(environment),
    interactive,
  };
};

const wantsColour = (interactive: boolean, environment: NodeJS.ProcessEnv, noColor: boolean): boolean => {
  if (noColor || (environment['NO_COLOR'] ?? '') !== '') return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return interactive && environment['TERM'] !== 'dumb';
};

/** POSIX order: LC_ALL, LC_CTYPE, LANG. Nothing set: CI logs and Windows terminals read UTF-8; only a stated other charset says no. */
const isUtf8 = (environment: NodeJS.ProcessEnv): boolean => {
  const locale = [environment['LC_ALL'], environment['LC_CTYPE'], environment['LANG']].find((value) => value !== undefined && value !== '');
  return locale === undefined || /utf-?8/i.test(locale);
};
