/** Which elements of CycloneDX's XML are read, and what each is in JSON. @see https://cyclonedx.org/docs/1.6/xml/ */

export interface Element {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Shapes of the children by name, in order. */
  readonly children: Map<string, unknown[]>;
  readonly text: string[];
}

/** Lists in JSON: the element, and what it is a list of. */
const LISTS: Readonly<Record<string, string>> = {
  components: 'component',
  dependencies: 'dependency',
  vulnerabilities: 'vulnerability',
  hashes: 'hash',
  externalReferences: 'reference',
  references: 'reference',
  properties: 'property',
  occurrences: 'occurrence',
  authors: 'author',
  affects: 'target',
  responses: 'response',
};

/** Everything that is read, by the element it stands in. What is not listed may be large and says nothing to us. */
const COMPONENT = [
  'group',
  'name',
  'version',
  'scope',
  'hashes',
  'licenses',
  'purl',
  'externalReferences',
  'properties',
  'components',
  'evidence',
];
const READ: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(Object.entries(LISTS).map(([list, item]) => [list, [item]])),
  bom: ['metadata', 'components', 'dependencies', 'vulnerabilities'],
  metadata: ['timestamp', 'tools', 'authors', 'component', 'manufacturer', 'manufacture', 'supplier', 'properties'],
  tools: ['tool', 'components'],
  tool: ['vendor', 'name', 'version'],
  author: ['name'],
  manufacturer: ['name'],
  manufacture: ['name'],
  supplier: ['name'],
  component: COMPONENT,
  licenses: ['license', 'expression'],
  license: ['id', 'name'],
  reference: ['url', 'id', 'hashes'],
  dependency: ['dependency'],
  evidence: ['occurrences'],
  occurrence: ['location', 'line'],
  vulnerability: ['id', 'references', 'recommendation', 'analysis', 'updated', 'affects', 'properties'],
  analysis: ['state', 'justification', 'responses', 'detail', 'firstIssued', 'lastUpdated'],
  target: ['ref'],
};

const READ_SETS: ReadonlyMap<string, ReadonlySet<string>> = new Map(Object.entries(READ).map(([name, list]) => [name, new Set(list)]));

export const isRead = (parent: string, name: string): boolean => READ_SETS.get(parent)?.has(name) ?? false;

/** Between the children of others there is only white space. */
export const hasText = (name: string): boolean => READ[name] === undefined;

/** Elements whose text has no spaces of its own: pretty printers put some around it. */
const TRIMMED: ReadonlySet<string> = new Set(['purl', 'hash', 'url', 'scope', 'timestamp', 'state', 'justification', 'response', 'ref']);

const textOf = ({ name, text }: Element): string => (TRIMMED.has(name) ? text.join('').trim() : text.join(''));

const first = ({ children }: Element, name: string): unknown => children.get(name)?.[0];

/** Attributes, and the first child of each name. */
const objectOf = ({ attributes, children }: Element): Record<string, unknown> =>
  Object.fromEntries([...attributes, ...[...children].map(([name, shapes]) => [name, shapes[0]] as const)]);

/** XML nests dependencies where JSON lists references. */
const dependencyOf = (element: Element): object => ({
  ref: element.attributes.get('ref'),
  dependsOn: (element.children.get('dependency') ?? []).map((one) => Object(one).ref).filter((ref) => ref !== undefined),
});

const licencesOf = ({ children }: Element): readonly object[] => [
  ...(children.get('license') ?? []).map((license) => ({ license })),
  ...(children.get('expression') ?? []).map((expression) => ({ expression })),
];

const SHAPES: Readonly<Record<string, (element: Element) => unknown>> = {
  dependency: dependencyOf,
  licenses: licencesOf,
  hash: (element) => ({ alg: element.attributes.get('alg'), content: textOf(element) }),
  property: (element) => ({ name: element.attributes.get('name'), value: textOf(element) }),
  tools: (element) => element.children.get('tool') ?? { components: first(element, 'components') },
  analysis: (element) => ({ ...objectOf(element), response: first(element, 'responses') }),
};

/** Of an element with all its children; text where the schema has text. */
export const shapeOf = (element: Element): unknown => {
  const special = SHAPES[element.name];
  if (special !== undefined) return special(element);
  const item = LISTS[element.name];
  if (item !== undefined) return element.children.get(item) ?? [];
  return hasText(element.name) ? textOf(element) : objectOf(element);
};
