/** A page for every error code. A test holds the list to the codes in the source. */
import { nearest } from '@breakwater/engine/lib/nearest';
import { BreakwaterError } from '@breakwater/model';
import { type Style, wrap } from '../terminal/style.ts';
import { DATA_PAGES } from './pages/data.ts';
import { EVIDENCE_PAGES } from './pages/evidence.ts';
import type { Pages } from './pages/page.ts';
import { STEP_PAGES } from './pages/steps.ts';
import { TARGET_PAGES } from './pages/target.ts';
import { USE_PAGES } from './pages/use.ts';

export const ERROR_PAGES: Pages = { ...USE_PAGES, ...TARGET_PAGES, ...DATA_PAGES, ...STEP_PAGES, ...EVIDENCE_PAGES };

/** Throws BW1006 for a code that does not exist. */
export const explainError = (code: string, style: Style): readonly string[] => {
  const found = ERROR_PAGES[code];
  if (found === undefined) {
    const guess = nearest(code, Object.keys(ERROR_PAGES));
    throw new BreakwaterError(
      'BW1006',
      `there is no error ${code}`,
      guess === undefined ? 'Copy the code from the message.' : `Did you mean ${guess}?`,
    );
  }
  const body = (text: string): readonly string[] => wrap(style.text(text), style.columns - 4).map((line) => `  ${line}`);
  return [
    `${style.paint('bold', code)}  ${style.paint('title', found.title)}`,
    '',
    ...body(found.why),
    '',
    style.paint('bold', 'What to do'),
    ...body(found.todo),
  ];
};
