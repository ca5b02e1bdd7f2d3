/** Progress of `advisories update` and `build` on stderr: one line, redrawn; in CI a line for each archive; else nothing. */
import type { UpdateProgress } from '@breakwater/engine/advisories/update/update';
import { count, plural } from '../render/words/index.ts';
import type { Style } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface Output {
  write(text: string): unknown;
}

export interface IndexProgress {
  readonly onProgress: (progress: UpdateProgress) => void;
  /** Packages whose releases were compared. */
  readonly onDerive: (progress: { readonly done: number; readonly of: number }) => void;
  /** Clears the line and gives the cursor back. */
  readonly stop: () => void;
}

/** In CI a line for so many packages. */
const EACH = 100;
/** At most ten times a second. */
const REDRAW_MS = 100;
const CLEAR = '\r\u001b[2K';
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

/** 217_400_000 → `217 MB`, 80_000 → `0.1 MB`. */
export const sizeText = (bytes: number): string => {
  const megabytes = bytes / 1e6;
  return megabytes >= 10 ? `${count(Math.round(megabytes))} MB` : `${(bytes === 0 ? 0 : Math.max(0.1, megabytes)).toFixed(1)} MB`;
};

export const indexProgressOf = (output: Output, terminal: Terminal, style: Style, inCi: boolean): IndexProgress => {
  if (terminal.interactive) return live(output, terminal, style);
  return inCi ? lines(output, style) : { onProgress: () => undefined, onDerive: () => undefined, stop: () => undefined };
};

const lines = (output: Output, style: Style): IndexProgress => ({
  onProgress: (progress) => {
    if (progress.phase !== 'loaded') return;
    const { outcome } = progress;
    const good = outcome.state !== 'missing' && outcome.state !== 'kept';
    const what = outcome.state === 'new' || outcome.state === 'unchanged' ? `${outcome.state}, ${sizeText(outcome.bytes)}` : outcome.state;
    output.write(`${style.mark(good ? 'ok' : 'unknown')} ${style.text(`${outcome.name}   ${what}`)}\n`);
  },
  onDerive: ({ done, of }) => {
    if (done % EACH === 0) output.write(`${style.mark('track')} ${style.text(`${count(done)} of ${plural(of, 'package')} compared`)}\n`);
  },
  stop: () => undefined,
});

/** The archive that has been coming for longest is named. */
const live = (output: Output, terminal: Terminal, style: Style): IndexProgress => {
  const coming = new Map<string, string>();
  let state = '';
  let drawn = 0;
  const draw = (): void => {
    const now = performance.now();
    if (now - drawn < REDRAW_MS) return;
    drawn = now;
    const [name, received] = [...coming][0] ?? ['', ''];
    const parts = [state, name === '' ? '' : `${name}: ${received}`, 'Ctrl-C stops, nothing is lost'];
    const text = style.text(parts.filter((part) => part !== '').join(' · ')).slice(0, terminal.columns - 1);
    output.write(`${CLEAR}${text}`);
  };
  output.write(HIDE_CURSOR);
  return {
    onProgress: (progress) => {
      if (progress.phase === 'load') {
        const of = progress.total === undefined ? '' : ` of ${sizeText(progress.total)}`;
        coming.set(progress.name, `${sizeText(progress.received)}${of}`);
      } else if (progress.phase === 'loaded') {
        coming.delete(progress.outcome.name);
        state = `${progress.done} of ${progress.of} loaded`;
      } else state = `${plural(progress.read, 'record')} read`;
      draw();
    },
    onDerive: ({ done, of }) => {
      state = `${count(done)} of ${plural(of, 'package')} compared`;
      draw();
    },
    stop: () => void output.write(`${CLEAR}${SHOW_CURSOR}`),
  };
};
