/** A template tag that escapes every value: text becomes markup only through `html` itself or the constant parts of this package. */
import { visible } from '../words/index.ts';

const MARKUP = Symbol('markup');

export interface Markup {
  readonly [MARKUP]: string;
}

export type Value = Markup | string | number | undefined | false | readonly Value[];

/** html`<b>${message}</b>`: values are escaped for text and for quoted attributes; arrays are joined; undefined and false are nothing. */
export const html = (constant: TemplateStringsArray, ...values: readonly Value[]): Markup =>
  trusted(constant.map((part, index) => `${part}${markupOf(values[index])}`).join(''));

/** Only for constants and computed numbers of this package, never for text of a run. */
export const trusted = (text: string): Markup => ({ [MARKUP]: text });

export const textOf = (markup: Markup): string => markup[MARKUP];

const markupOf = (value: Value): string => {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return isMarkup(value) ? value[MARKUP] : value.map(markupOf).join('');
};

const isMarkup = (value: Markup | readonly Value[]): value is Markup => MARKUP in value;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

/** Safe as text and inside a quoted attribute; hidden characters are shown, so a name cannot turn the line around it. */
export const escaped = (text: string): string => visible(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '');
