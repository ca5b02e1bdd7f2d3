/** Aho-Corasick over a dense table: every keyword of every rule is found in one pass over the text, letters of ASCII folded. */

/** Characters of no keyword share class 0. A row has 64 entries so that a shift finds it. */
const ROW = 6;
const MOST_CLASSES = 1 << ROW;

export interface KeywordIndex {
  /** Calls `found(keyword, start)` for each occurrence, in order of its end; `keyword` is an index into the list given. */
  scan(text: string, found: (keyword: number, start: number) => void): void;
}

interface Trie {
  readonly next: number[][];
  readonly fail: number[];
  readonly out: number[][];
}

/** `keywords` are lower-case ASCII, not empty, of at most 63 different characters together. Throws RangeError when they are not. */
export const keywordIndex = (keywords: readonly string[]): KeywordIndex => {
  const classes = classTable(keywords);
  const trie = buildTrie(keywords, classes);
  return automaton(keywords, classes, trie);
};

const classTable = (keywords: readonly string[]): Uint8Array => {
  const classes = new Uint8Array(0x1_00_00);
  let count = 0;
  for (const char of new Set(keywords.join(''))) {
    const code = char.charCodeAt(0);
    count += 1;
    if (code > 127 || count >= MOST_CLASSES || char !== char.toLowerCase()) throw new RangeError(`no keyword may hold ${char}`);
    classes[code] = count;
    const upper = char.toUpperCase().charCodeAt(0);
    classes[upper] = count;
  }
  return classes;
};

const buildTrie = (keywords: readonly string[], classes: Uint8Array): Trie => {
  const trie: Trie = { next: [[]], fail: [0], out: [[]] };
  for (const [index, keyword] of keywords.entries()) {
    if (keyword === '') throw new RangeError('a keyword is empty');
    let state = 0;
    for (let i = 0; i < keyword.length; i += 1) state = child(trie, state, classes[keyword.charCodeAt(i)] ?? 0);
    trie.out[state]?.push(index);
  }
  linkFailures(trie);
  return trie;
};

const child = (trie: Trie, state: number, cls: number): number => {
  const row = trie.next[state] ?? [];
  const known = row[cls];
  if (known !== undefined) return known;
  const made = trie.next.length;
  row[cls] = made;
  trie.next.push([]);
  trie.fail.push(0);
  trie.out.push([]);
  return made;
};

/** Breadth first: a state's failure link is shallower than itself, so its row is already complete. */
const linkFailures = (trie: Trie): void => {
  const queue = [0];
  for (let head = 0; head < queue.length; head += 1) {
    const state = queue[head] ?? 0;
    const row = trie.next[state] ?? [];
    const back = trie.fail[state] ?? 0;
    for (let cls = 0; cls < MOST_CLASSES; cls += 1) {
      const fallback = state === 0 ? 0 : (trie.next[back]?.[cls] ?? 0);
      const next = row[cls];
      if (next === undefined) row[cls] = fallback;
      else {
        trie.fail[next] = fallback;
        trie.out[next]?.push(...(trie.out[fallback] ?? []));
        queue.push(next);
      }
    }
  }
};

/** States that end a keyword are numbered last: one comparison tells them apart in the hot loop. */
const automaton = (keywords: readonly string[], classes: Uint8Array, trie: Trie): KeywordIndex => {
  const order = [...trie.next.keys()].sort(
    (a, b) => Number((trie.out[a] ?? []).length > 0) - Number((trie.out[b] ?? []).length > 0) || a - b,
  );
  const place = new Map(order.map((state, at) => [state, at]));
  const table = new Uint16Array(order.length << ROW);
  for (const [at, state] of order.entries())
    for (let cls = 0; cls < MOST_CLASSES; cls += 1) table[(at << ROW) | cls] = place.get(trie.next[state]?.[cls] ?? 0) ?? 0;
  const firstOut = order.findIndex((state) => (trie.out[state] ?? []).length > 0);
  const outputs = order.slice(firstOut).map((state) => trie.out[state] ?? []);
  const lengths = keywords.map((k) => k.length);
  return {
    scan: (text, found) => {
      let state = 0;
      for (let i = 0; i < text.length; i += 1) {
        state = table[(state << ROW) | (classes[text.charCodeAt(i)] ?? 0)] ?? 0;
        if (state >= firstOut) for (const keyword of outputs[state - firstOut] ?? []) found(keyword, i + 1 - (lengths[keyword] ?? 0));
      }
    },
  };
};
