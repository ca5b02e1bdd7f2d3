/** The XML of a pom → its elements with their places: no document type, no entities of its own, bounded in depth and number. */
import type { Region } from '@breakwater/model';
import { SaxesParser } from 'saxes';
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { Place } from './places.ts';
import { placesOf } from './places.ts';

export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** Its own character data, trimmed as Maven trims it. */
  readonly text: string;
  /** From `<` of its start to after `>` of its end. */
  readonly region: Required<Region>;
}

export interface XmlLimits {
  readonly depth: number;
  readonly elements: number;
}
/** Maven's own models nest about 12 deep; the largest published bill of materials has some 60,000 elements. */
const LIMITS: XmlLimits = { depth: 64, elements: 600_000 };

/** Names of developers hold a few; each costs an error of the parser. */
const ENTITIES = 10_000;

interface Building {
  readonly name: string;
  readonly children: XmlElement[];
  readonly start: number;
  text: string;
}

const regionBetween = (start: Place, end: Place): Required<Region> => ({
  startLine: start.line,
  startColumn: start.column,
  endLine: end.line,
  endColumn: end.column,
});

/** `12:4: unmatched closing tag: a.` → `unmatched closing tag: a`; the place is given apart. */
const sentenceOf = (message: string): string => message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');

class Builder {
  root: XmlElement | undefined;
  readonly #text: string;
  readonly #limits: XmlLimits;
  readonly #place: (offset: number) => Place;
  readonly #open: Building[] = [];
  #elements = 0;
  #undefined = 0;

  constructor(text: string, limits: XmlLimits) {
    this.#text = text;
    this.#limits = limits;
    this.#place = placesOf(text);
  }

  /** `after` is the offset behind the name of the tag. */
  begin(name: string, after: number): void {
    const start = Math.max(this.#text.lastIndexOf('<', after - 1), 0);
    this.#elements += 1;
    if (this.#open.length >= this.#limits.depth) throw this.#refused(`no more than ${this.#limits.depth} levels of elements`, start);
    if (this.#elements > this.#limits.elements) throw this.#refused(`no more than ${this.#limits.elements} elements`, start);
    this.#open.push({ name, children: [], start, text: '' });
  }

  add(text: string): void {
    const element = this.#open.at(-1);
    if (element !== undefined) element.text += text;
  }

  end(after: number): void {
    const done = this.#open.pop();
    if (done === undefined) return;
    const region = regionBetween(this.#place(done.start), this.#place(after));
    const element = { name: done.name, children: done.children, text: done.text.trim(), region };
    const parent = this.#open.at(-1);
    if (parent === undefined) this.root ??= element;
    else parent.children.push(element);
  }

  /** An entity that is not defined stays as it is written, as harmless text: Maven knows those of HTML (`&ouml;`). */
  error(message: string, offset: number): void {
    if (message.endsWith('undefined entity.') && ++this.#undefined <= ENTITIES) return;
    throw new ManifestError(`expected well-formed XML: ${sentenceOf(message)}`, this.#line(offset));
  }

  #refused(expected: string, offset: number): ManifestError {
    return new ManifestError(`expected ${expected}`, this.#line(offset));
  }

  #line(offset: number): number {
    return this.#place(offset).line;
  }
}

/** Throws ManifestError for what is not well-formed, has a document type (entity bombs, files of the machine), or is beyond the limits. */
export const parseXml = (source: string, limits: XmlLimits = LIMITS): XmlElement => {
  const text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
  const parser = new SaxesParser({});
  const builder = new Builder(text, limits);
  parser.on('error', (error) => builder.error(error.message, parser.position));
  parser.on('doctype', () => {
    throw new ManifestError('expected no document type: a pom has none, and it could define entities', parser.line);
  });
  parser.on('opentagstart', (tag) => builder.begin(tag.name, parser.position));
  parser.on('text', (value) => builder.add(value));
  parser.on('cdata', (value) => builder.add(value));
  parser.on('closetag', () => builder.end(parser.position));
  parser.write(text).close();
  if (builder.root === undefined) throw new ManifestError('expected an element, found the end of the file');
  return builder.root;
};
