/** The components of a CycloneDX document in one list: some tools nest them. */
import type { Fields } from '../sbom/json.ts';
import { isFields, items, text } from '../sbom/json.ts';
import type { LeftOut } from '../sbom/reading.ts';

export interface Flat {
  readonly ref: string | undefined;
  readonly component: Fields;
}

/** Parents before their children, in the order of the document; `undefined` when there are more than `most`. */
export const flattened = (
  components: unknown,
  most: number,
): { readonly flat: readonly Flat[]; readonly left: readonly LeftOut[] } | undefined => {
  const flat: Flat[] = [];
  const left: LeftOut[] = [];
  const rest: unknown[] = [...items(components)].reverse();
  while (rest.length > 0) {
    const component = rest.pop();
    if (!isFields(component)) {
      left.push({ name: 'a component', why: 'is no object' });
      continue;
    }
    if (flat.length >= most) return undefined;
    flat.push({ ref: text(component['bom-ref']), component });
    const children = items(component['components']);
    for (let at = children.length - 1; at >= 0; at -= 1) rest.push(children[at]);
  }
  return { flat, left };
};
