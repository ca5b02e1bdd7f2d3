/** The way to a finding, from the outside in: one step for each call or place, with whose code it stands in. */
import type { Finding, Location } from '@breakwater/model';
import { named } from './component.ts';

export interface Step {
  /** What is called, read or written there; a place alone is the text of its step. */
  readonly text: string;
  /** `src/receipts/routes.js:18`; inside a package from the root of the package. Empty where the text says it all. */
  readonly place: string;
  /** `ejs 3.1.6`; absent = the application's own code. */
  readonly whose?: string;
}

export interface Path {
  /** `calls`: proof that it is reached. `loads`: the imports that lead to a package. `flow`: how a value travels. `origin`: how a package came in. `places`: where it stands. */
  readonly kind: 'calls' | 'loads' | 'flow' | 'origin' | 'places';
  readonly steps: readonly Step[];
}

export const pathOf = (finding: Finding): Path => {
  const { reachability } = finding.properties;
  const { codeFlow, component, locations } = finding;
  const steps = (places: readonly Location[]): readonly Step[] => places.map((place) => stepOf(place, finding));
  if (reachability?.path !== undefined && reachability.path.length > 0) {
    const isCalled = reachability.granularity === 'function' && reachability.status !== 'loaded';
    return { kind: isCalled ? 'calls' : 'loads', steps: steps(reachability.path) };
  }
  if (codeFlow !== undefined && codeFlow.length > 0) return { kind: component === undefined ? 'flow' : 'origin', steps: steps(codeFlow) };
  return { kind: 'places', steps: steps(locations) };
};

/** `express 4.17.1, lib/response.js:1012`, for surfaces that do not group steps by whose code they are. */
export const placeText = (step: Step): string => [step.whose, step.place].filter((part) => part !== undefined && part !== '').join(', ');

/** `uri:line`, clickable in a terminal; what stands in no file by its name. */
export const placeOf = ({ uri, region, fullyQualifiedName }: Location): string => {
  if (uri === '') return fullyQualifiedName ?? '';
  return region === undefined ? uri : `${uri}:${region.startLine}`;
};

const stepOf = (location: Location, finding: Finding): Step => {
  const inside = insidePackage(location, finding);
  const place = placeOf({ ...location, uri: inside?.uri ?? location.uri });
  const name = location.fullyQualifiedName;
  const own = location.message === finding.message ? undefined : location.message; // the title already says it
  const text = own ?? (name !== undefined && !PACKAGE.test(name) ? name : '');
  const step = text === '' || text === place ? { text: place, place: '' } : { text, place };
  return inside === undefined ? step : { ...step, whose: inside.whose };
};

/** `ejs@3.1.6`, `@shop/cart@2.0.1`, `ejs 3.1.6` or a package URL. */
const PACKAGE = /^(?:pkg:.+|(?:@[\w.-]+\/)?[\w.-]+[@ ]\d[\w.+~:-]*)$/;
const FOLDER = 'node_modules/';

const insidePackage = (location: Location, finding: Finding): { uri: string; whose: string } | undefined => {
  const name = location.fullyQualifiedName;
  const folder = folderOf(location.uri, finding);
  if (name !== undefined && PACKAGE.test(name)) return { uri: folder?.uri ?? location.uri, whose: packageText(name) };
  return folder;
};

const folderOf = (uri: string, finding: Finding): { uri: string; whose: string } | undefined => {
  const at = uri.lastIndexOf(FOLDER);
  if (at < 0) return undefined;
  const parts = uri.slice(at + FOLDER.length).split('/');
  const name = parts.slice(0, parts[0]?.startsWith('@') ? 2 : 1).join('/');
  const own = finding.component === undefined ? undefined : named(finding.component);
  const rest = uri.slice(at + FOLDER.length + name.length + 1);
  return { uri: rest === '' ? uri : rest, whose: own?.name === name ? own.text : name };
};

const packageText = (name: string): string => {
  if (name.startsWith('pkg:')) return named({ purl: `pkg:${name.slice(4)}`, bomRef: name, scope: 'required' }).text;
  const at = name.lastIndexOf('@');
  return at > 0 ? `${name.slice(0, at)} ${name.slice(at + 1)}` : name;
};
