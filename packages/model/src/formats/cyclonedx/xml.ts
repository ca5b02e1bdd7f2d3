/** A small XML writer: escapes what XML 1.0 reserves and leaves out what it cannot hold. @see https://www.w3.org/TR/xml/#charsets */

/** Those that are known, in this order. */
type Attributes = Readonly<Record<string, string | undefined>>;

export interface XmlElement {
  readonly name: string;
  readonly attributes: Attributes;
  /** Text, or elements; never both. */
  readonly content: string | readonly XmlElement[];
}

export const element = (name: string, content: XmlElement['content'], attributes: Attributes = {}): XmlElement => ({
  name,
  attributes,
  content,
});

/** The element, or nothing where there is no content. */
export const maybe = (name: string, content: XmlElement['content'] | undefined): readonly XmlElement[] =>
  content === undefined ? [] : [element(name, content)];

/** Control characters, halves of surrogate pairs and the two non-characters: no entity can stand for them. */
const UNHOLDABLE = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const RESERVED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Nearly every text of a document is: nothing in it needs a second look. */
const isPlain = (text: string): boolean => /^[\w .,:;/@#+=~^()-]*$/.test(text);

/** Readers turn a raw carriage return into a line feed, and in attributes all white space into spaces: those are written as references. */
const textOf = (text: string): string =>
  isPlain(text) ? text : text.replace(UNHOLDABLE, '').replace(/[&<>\r]/g, (char) => RESERVED[char] ?? '');
const attributeOf = (text: string): string =>
  isPlain(text) ? text : text.replace(UNHOLDABLE, '').replace(/[&<>"\t\n\r]/g, (char) => RESERVED[char] ?? '');

const write = ({ name, attributes, content }: XmlElement, indent: string, out: string[]): void => {
  let head = `${indent}<${name}`;
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) head += ` ${key}="${attributeOf(value)}"`;
  if (content.length === 0) out.push(`${head}/>\n`);
  else if (typeof content === 'string') out.push(`${head}>${textOf(content)}</${name}>\n`);
  else {
    out.push(`${head}>\n`);
    for (const child of content) write(child, `${indent}  `, out);
    out.push(`${indent}</${name}>\n`);
  }
};

/** With its declaration, two spaces for each depth. */
export const xmlText = (root: XmlElement): string => {
  const out = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  write(root, '', out);
  return out.join('');
};
