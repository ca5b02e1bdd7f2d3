/** CycloneDX in XML → the shape it has in JSON. No document type, no entities, bounded; elements that are not read are skipped. */
import { SaxesParser } from 'saxes';
import { ManifestError } from '../dependencies/manifest-error.ts';
import type { Element } from './xml-shape.ts';
import { hasText, isRead, shapeOf } from './xml-shape.ts';

const NAMESPACE = /^http:\/\/cyclonedx\.org\/schema\/bom\/(1\.[0-9]{1,2})$/;
/** Nested components go deep in some tools' documents; beyond this nobody's does. */
const DEEPEST = 512;
const MOST_ELEMENTS = 60_000_000;

interface Tag {
  readonly local: string;
  readonly uri: string;
  readonly attributes: Readonly<Record<string, { readonly value: string }>>;
}

/** The open elements, innermost last; a skipped one takes everything in it along. */
class Stack {
  readonly #open: Element[] = [];
  readonly #parser: SaxesParser<{ xmlns: true }>;
  #skipped = 0;
  #elements = 0;
  result: unknown;

  constructor(parser: SaxesParser<{ xmlns: true }>) {
    this.#parser = parser;
  }

  fail(message: string): never {
    throw new ManifestError(message, this.#parser.line);
  }

  enter({ local, uri, attributes }: Tag): void {
    this.#elements += 1;
    if (this.#elements > MOST_ELEMENTS) this.fail(`more than ${MOST_ELEMENTS} elements`);
    if (this.#open.length + this.#skipped >= DEEPEST) this.fail(`elements nest deeper than ${DEEPEST}`);
    const parent = this.#open.at(-1);
    if (parent === undefined && (local !== 'bom' || !NAMESPACE.test(uri))) this.fail('the root is not the bom element of CycloneDX');
    if (this.#skipped > 0 || (parent !== undefined && (!NAMESPACE.test(uri) || !isRead(parent.name, local)))) this.#skipped += 1;
    else this.#open.push({ name: local, namespace: uri, attributes: valuesOf(attributes), children: new Map(), text: [] });
  }

  add(text: string): void {
    const element = this.#open.at(-1);
    if (this.#skipped === 0 && element !== undefined && hasText(element.name)) element.text.push(text);
  }

  leave(): void {
    if (this.#skipped > 0) {
      this.#skipped -= 1;
      return;
    }
    const element = this.#open.pop();
    if (element === undefined) return;
    const parent = this.#open.at(-1);
    if (parent === undefined) this.result = documentOf(element);
    else {
      const known = parent.children.get(element.name);
      if (known === undefined) parent.children.set(element.name, [shapeOf(element)]);
      else known.push(shapeOf(element));
    }
  }
}

const valuesOf = (attributes: Tag['attributes']): ReadonlyMap<string, string> =>
  new Map(Object.entries(attributes).map(([name, { value }]) => [name, value]));

const documentOf = (root: Element): object => ({
  ...Object(shapeOf(root)),
  bomFormat: 'CycloneDX',
  specVersion: NAMESPACE.exec(root.namespace)?.[1],
});

/** Throws ManifestError with the line. Never follows or expands anything that the document names. */
export const jsonOfXml = (text: string): unknown => {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const stack = new Stack(parser);
  parser.on('doctype', () => stack.fail('a document type is not read'));
  parser.on('error', (error) => stack.fail(`expected XML: ${error.message.replace(/^\d+:\d+: /, '')}`));
  parser.on('opentag', (tag) => stack.enter(tag));
  parser.on('closetag', () => stack.leave());
  parser.on('text', (part) => stack.add(part));
  parser.on('cdata', (part) => stack.add(part));
  parser.write(text).close();
  if (stack.result === undefined) stack.fail('no element');
  return stack.result;
};
