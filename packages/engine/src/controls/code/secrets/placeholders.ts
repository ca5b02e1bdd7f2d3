/** Values that stand for a secret and are none: templates, words of examples, runs, repeats, and the documented keys everyone copies. */
/** Words that a random string does not hold. */
const WORDS =
  /example|change[-_ ]?me|change[-_]?this|changeit|placeholder|replace|insert[-_]|redacted|notreal|not[-_]a[-_]?real|invalid|lorem|foobar|deadbeef|abcdefg|1234567|qwerty|secret[-_]?here|goes[-_]?here|key[-_]?here|token[-_]?here|password[-_]?here|test[-_]?test|my[-_](?:secret|password|token|api)|removed|masked|omitted|censored|\*\*\*|\.\.\.|____|----|•|…/i;
/** Short words turn up in long random strings by chance: one of these in 40 characters of base 62 once in 5,000, in 1,000 once in 200. */
const SHORT_WORDS = /your[-_ ]?|dummy|sample|fake|mock|todo|fixme|hidden|xxxx/i;
const LONG = 120;

/** Something else fills the value in: shell, make, templates of many kinds, format strings, secret stores, encrypted values. */
const TEMPLATE =
  /\$\{|\$\(|\{\{|\}\}|<%|%>|#\{|@\{|%[sdv@]|%\(|%[A-Z_][A-Z0-9_]*%|\{[A-Za-z0-9_.]{0,40}\}|<[^>]{0,60}>|^\$[A-Za-z_]|^\[[^\]]*\]$|\b(?:process\.env|os\.environ|getenv|ENV\[)|^(?:ENC[[(]|vault:|op:\/\/|ssm:|kms:|arn:|secretsmanager|!vault|projects\/)/;

/** A run of six equal characters, or eight that count up or down. */
const REPEATED = /(.)\1{5}/;
const LONGEST_RUN = 8;
const SMALL_ALPHABET = 4;

/** `body` = the secret without its public prefix. */
export const isPlaceholder = (body: string): boolean =>
  WORDS.test(body) ||
  (body.length <= LONG && SHORT_WORDS.test(body)) ||
  TEMPLATE.test(body) ||
  REPEATED.test(body) ||
  hasRun(body) ||
  isPeriodic(body) ||
  isTiny(body);

const hasRun = (text: string): boolean => {
  let up = 1;
  let down = 1;
  for (let i = 1; i < text.length; i += 1) {
    const step = text.charCodeAt(i) - text.charCodeAt(i - 1);
    up = step === 1 ? up + 1 : 1;
    down = step === -1 ? down + 1 : 1;
    if (up >= LONGEST_RUN || down >= LONGEST_RUN) return true;
  }
  return false;
};

/** The whole is a shorter block again and again: `abc1abc1abc1`. */
const isPeriodic = (text: string): boolean => {
  const period = (text + text).indexOf(text, 1);
  return period <= text.length / 2;
};

const isTiny = (text: string): boolean => text.length >= 16 && new Set(text).size <= SMALL_ALPHABET;
