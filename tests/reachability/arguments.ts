/** What the programs hand to a package: harmless values of many shapes, as source text, so that some call gets deep. */

/** The scratch folder of a run is its working directory; `echo` is the one command that is named. */
const TEXT: readonly string[] = [
  "'text'",
  "'1+1'",
  "'SUM(1,2)'",
  "'echo breakwater'",
  "'./file.txt'",
  "'../file.txt'",
  '\'{"__proto__":{"polluted":"yes"},"a":{"b":1}}\'',
  "'[__proto__]\\npolluted = yes\\n[a.b]\\nc = 1\\n'",
  "'__proto__[polluted]=yes&a[b]=1&c.d=2&e[]=3'",
  "'__proto__.polluted'",
  '\'<a href="http://localhost/">text</a><!-- x -->\'',
  '\'a: 1\\nb: [1, 2]\\nc: !!js/function "function () { return 1 }"\\n\'',
  "'# head\\n\\n* [a](http://localhost/) `code` **bold**\\n\\n```js\\nx\\n```\\n'",
  '\'user@localhost.example, "a b" <c@d.example>\'',
  "'http://user:word@localhost:8080/a/b?c=d#e'",
  "'2020-01-01T10:00:00.000Z'",
  "'rgb(1, 2, 3)'",
  "'1.2.3-beta.1+build'",
  "'text/html; charset=utf-8; q=0.5'",
  "'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0 Safari/537.36'",
  "'x'.repeat(40) + '!'",
];

const POLLUTING = 'JSON.parse(\'{"__proto__":{"polluted":"yes"},"a":{"b":{"c":1}}}\')';
const CONSTRUCTOR = 'JSON.parse(\'{"constructor":{"prototype":{"polluted":"yes"}}}\')';
const NESTED = '{ a: { b: { c: 1 }, list: [{ d: 2 }] } }';
const OPTIONS =
  "{ path: './file.txt', file: './file.txt', src: './file.txt', dest: './other.txt', url: 'http://localhost/', name: 'text', command: 'echo breakwater', cmd: 'echo breakwater', args: ['text'], host: 'localhost', hostname: 'localhost', ip: '127.0.0.1', port: '8080', root: '.', folder: '.', id: '1', user: 'text', userId: 'text', password: 'word', signature: 'text', data: 'text', a: { b: 1 } }";

const ignore = 'ignore';

/** Argument lists, each the text between the parentheses. */
export const ARGUMENTS: readonly string[] = [
  '',
  ...TEXT,
  ...["'text'", "'echo breakwater'", "'./file.txt'", '1', NESTED, OPTIONS, "['a', 'b']"].map((first) => `${first}, ${ignore}`),
  ignore,
  NESTED,
  OPTIONS,
  POLLUTING,
  '1',
  '1, 2',
  "['text', './file.txt']",
  `{}, ${POLLUTING}`,
  `{}, ${CONSTRUCTOR}`,
  `${NESTED}, ${NESTED}`,
  `${NESTED}, ${POLLUTING}`,
  "{}, [{ op: 'add', path: '/a', value: 1 }, { op: 'replace', path: '/a', value: 2 }]",
  "{ $where: '1+1' }",
  "{ a: 'text' }, { properties: { a: { type: 'string', format: 'email', pattern: 'a+' } } }",
  "'NOW-10DAYS'",
  `true, ${NESTED}, ${POLLUTING}`,
  `${POLLUTING}, true`,
  `[${NESTED}, ${POLLUTING}]`,
  `{}, {}, ${POLLUTING}`,
  `${NESTED}, 'a.b.c', 'value'`,
  `${NESTED}, ['a', 'b', 'x'], 'value'`,
  `{}, '__proto__.polluted', 'yes'`,
  `{}, ['__proto__', 'polluted'], 'yes'`,
  `{}, '/__proto__/polluted', 'yes'`,
  `'__proto__.polluted', 'yes', {}`,
  `'__proto__.polluted', 'yes'`,
  `['__proto__', 'polluted'], 'yes'`,
  `{}, '__proto__', 'polluted', 'yes'`,
  `'yes', {}, '__proto__.polluted'`,
  `'text', 'text'`,
  `'text', {}`,
  `'text', ['text']`,
  `'text', ${NESTED}`,
  `'text', 'text', 'text'`,
  `'text', 'text', ${ignore}`,
  `'text', {}, ${ignore}`,
  `'text', ['text'], ${ignore}`,
  `'./file.txt', './other.txt', ${ignore}`,
  `'./file.txt', './other.txt', {}, ${ignore}`,
  `${OPTIONS}, ${OPTIONS}, ${ignore}`,
  `'text', 'text', 'text', ${ignore}`,
  `${NESTED}, ${ignore}, ${NESTED}`,
  `{ url: '/../file.txt', headers: { host: 'localhost' }, on: ${ignore} }, { writeHead: ${ignore}, setHeader: ${ignore}, end: ${ignore}, write: ${ignore}, on: ${ignore} }, ${ignore}`,
];

/** For the calls that only lead to the last one: what the first of them is given, and what the others are. */
export const SETUPS: readonly (readonly [first: string, others: string])[] = [
  ['', ''],
  ["'text'", NESTED],
  ['{}', '{}'],
  [OPTIONS, OPTIONS],
];
