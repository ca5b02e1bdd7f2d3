/** Line differences of two texts (Myers' greedy algorithm) and the unified form that `git apply` reads. */
export interface Hunk {
  /** 0-based line index in the old and the new text. */
  readonly oldStart: number;
  readonly newStart: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Edits beyond which the middle is replaced as a whole: the search costs its square. */
const MOST_EDITS = 2_000;

/** Lines keep their line break, so that a missing last one shows. */
export const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Replacements in order, without context. Empty when the texts are equal. */
export const hunks = (before: readonly string[], after: readonly string[]): readonly Hunk[] => {
  const head = commonHead(before, after);
  const tail = commonTail(before, after, head);
  const a = before.slice(head, before.length - tail);
  const b = after.slice(head, after.length - tail);
  if (a.length === 0 && b.length === 0) return [];
  const whole: Hunk = { oldStart: head, newStart: head, removed: a, added: b };
  const trace = a.length === 0 || b.length === 0 ? undefined : search(a, b);
  return trace === undefined
    ? [whole]
    : joined(walk(trace, a, b), a, b).map((h) => ({ ...h, oldStart: h.oldStart + head, newStart: h.newStart + head }));
};

const commonHead = (a: readonly string[], b: readonly string[]): number => {
  const most = Math.min(a.length, b.length);
  let n = 0;
  while (n < most && a[n] === b[n]) n += 1;
  return n;
};

const commonTail = (a: readonly string[], b: readonly string[], head: number): number => {
  const most = Math.min(a.length, b.length) - head;
  let n = 0;
  while (n < most && a[a.length - 1 - n] === b[b.length - 1 - n]) n += 1;
  return n;
};

/** For each number of edits the furthest x on each diagonal; undefined when there are too many edits. */
const search = (a: readonly string[], b: readonly string[]): readonly ReadonlyMap<number, number>[] | undefined => {
  const trace: ReadonlyMap<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= Math.min(MOST_EDITS, a.length + b.length); edits += 1) {
    const next = new Map<number, number>();
    for (let k = -edits; k <= edits; k += 2) {
      const x = slide(a, b, k, down(furthest, k, edits) ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1);
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return [...trace, furthest];
    }
    trace.push(furthest);
    furthest = next;
  }
  return undefined;
};

/** Along a diagonal as far as the lines are equal. */
const slide = (a: readonly string[], b: readonly string[], k: number, from: number): number => {
  let x = from;
  while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
  return x;
};

const down = (furthest: ReadonlyMap<number, number>, k: number, edits: number): boolean =>
  k === -edits || (k !== edits && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));

interface Step {
  readonly x: number;
  readonly y: number;
  readonly kind: 'remove' | 'add';
}

/** The edits from the end to the beginning, turned round. */
const walk = (trace: readonly ReadonlyMap<number, number>[], a: readonly string[], b: readonly string[]): readonly Step[] => {
  const steps: Step[] = [];
  let [x, y] = [a.length, b.length];
  for (let edits = trace.length - 1; edits > 0; edits -= 1) {
    const furthest = trace[edits] ?? new Map<number, number>();
    const k = x - y;
    const from = down(furthest, k, edits) ? k + 1 : k - 1;
    const fromX = furthest.get(from) ?? 0;
    const fromY = fromX - from;
    steps.push(from === k + 1 ? { x: fromX, y: fromY, kind: 'add' } : { x: fromX, y: fromY, kind: 'remove' });
    [x, y] = [fromX, fromY];
  }
  return steps.reverse();
};

const joined = (steps: readonly Step[], a: readonly string[], b: readonly string[]): readonly Hunk[] => {
  const found: Hunk[] = [];
  for (const step of steps) {
    const last = found.at(-1);
    const follows = last && step.x === last.oldStart + last.removed.length && step.y === last.newStart + last.added.length;
    const hunk = follows && last ? last : { oldStart: step.x, newStart: step.y, removed: [], added: [] };
    const line = (step.kind === 'remove' ? a[step.x] : b[step.y]) ?? '';
    const next = step.kind === 'remove' ? { ...hunk, removed: [...hunk.removed, line] } : { ...hunk, added: [...hunk.added, line] };
    if (follows) found[found.length - 1] = next;
    else found.push(next);
  }
  return found;
};
