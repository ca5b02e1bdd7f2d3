/** Is a text an SPDX licence expression? By its grammar alone; whether an id stands in SPDX's list is not asked. @see SPDX 2.3, annex D */

const TOKEN = /[()]|[^\s()]+/g;
const ID = /^(?:(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+|[A-Za-z0-9][A-Za-z0-9.-]*\+?)$/;
/** Long enough for every real one; keeps hostile manifests from making consumers work. */
const LONGEST = 4096;

type Symbol = '(' | ')' | 'operator' | 'with' | 'licence' | 'exception' | 'edge';

/** What may follow what; `edge` is the beginning and the end. */
const FOLLOWS: Readonly<Record<Symbol, readonly Symbol[]>> = {
  edge: ['licence', '('],
  '(': ['licence', '('],
  operator: ['licence', '('],
  with: ['exception'],
  licence: ['operator', 'with', ')', 'edge'],
  exception: ['operator', ')', 'edge'],
  ')': ['operator', ')', 'edge'],
};

const symbolOf = (token: string, before: Symbol): Symbol | undefined => {
  if (token === '(' || token === ')') return token;
  if (token === 'AND' || token === 'OR') return 'operator';
  if (token === 'WITH') return 'with';
  if (!ID.test(token) || /^(?:and|or|with)$/i.test(token)) return undefined;
  return before === 'with' ? 'exception' : 'licence';
};

export const isLicenceExpression = (text: string): boolean => {
  if (text.length > LONGEST || /[^ -~]/.test(text)) return false;
  let open = 0;
  let before: Symbol = 'edge';
  for (const [token] of text.matchAll(TOKEN)) {
    const symbol = symbolOf(token, before);
    if (symbol === undefined || !FOLLOWS[before].includes(symbol)) return false;
    if (symbol === '(') open += 1;
    if (symbol === ')') open -= 1;
    if (open < 0) return false;
    before = symbol;
  }
  return open === 0 && before !== 'edge' && FOLLOWS[before].includes('edge');
};

/** Several licences that all apply, as one text: an expression where each is one, else their words. */
export const allOf = (licences: readonly string[]): string | undefined => {
  if (licences.length <= 1) return licences[0];
  if (!licences.every(isLicenceExpression)) return licences.join(', ');
  return licences.map((one) => (/ OR /.test(one) ? `(${one})` : one)).join(' AND ');
};
