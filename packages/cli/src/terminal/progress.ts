/** Progress on stderr: one line, redrawn, gone when the report comes; in CI a line for each step as it ends; else nothing. */
import type { ScanEvent } from '@breakwater/engine/pipeline/options';
import { durationText, lastWord, plural } from '../render/words/index.ts';
import type { Style } from './style.ts';
import { padTo } from './style.ts';
import type { Terminal } from './terminal.ts';

export interface Progress {
  readonly onEvent: (event: ScanEvent) => void;
  /** Clears the line and gives the cursor back. */
  readonly stop: () => void;
}

interface Output {
  write(text: string): unknown;
}

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const ASCII_SPINNER = ['|', '/', '-', '\\'];
/** At most ten times a second. */
const REDRAW_MS = 100;
const CLEAR = '\r\u001b[2K';
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

export const SILENT: Progress = { onEvent: () => undefined, stop: () => undefined };

export const progressOf = (output: Output, terminal: Terminal, style: Style, inCi: boolean): Progress => {
  if (terminal.interactive) return live(output, terminal, style);
  return inCi ? lines(output, style) : SILENT;
};

const lines = (output: Output, style: Style): Progress => ({
  onEvent: (event) => {
    if (event.kind !== 'ended') return;
    const mark = style.mark(event.status === 'complete' ? 'ok' : 'unknown');
    output.write(
      `${`${mark} ${padTo(lastWord(event.id), 15)} ${durationText(event.durationMs).padStart(7)}   ${style.text(event.looked)}`.trimEnd()}\n`,
    );
  },
  stop: () => undefined,
});

/** What has been running longest is named: a share of an unknown whole would be a guess. */
const live = (output: Output, terminal: Terminal, style: Style): Progress => {
  const started = performance.now();
  const running = new Map<string, string>();
  let ended = 0;
  let frame = 0;
  const draw = (): void => {
    frame += 1;
    const spinner = terminal.unicode ? SPINNER : ASCII_SPINNER;
    const [id, what] = [...running][0] ?? ['', ''];
    const doing = id === '' ? '' : `${lastWord(id)}${what === '' ? '' : `: ${what}`}`;
    const parts = [`${plural(ended, 'step')} done`, doing, durationText(performance.now() - started), 'Ctrl-C stops, nothing is lost'];
    const text = style.text(parts.filter((part) => part !== '').join(' · ')).slice(0, terminal.columns - 3);
    output.write(`${CLEAR}${spinner[frame % spinner.length] ?? ''} ${text}`);
  };
  output.write(HIDE_CURSOR);
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  return {
    onEvent: (event) => {
      if (event.kind === 'started') running.set(event.id, '');
      else if (event.kind === 'doing') running.set(event.id, event.what);
      else if (running.delete(event.id)) ended += 1;
    },
    stop: () => {
      clearInterval(timer);
      output.write(`${CLEAR}${SHOW_CURSOR}`);
    },
  };
};
