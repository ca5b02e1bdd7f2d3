/** A package URL as people say it: `pkg:npm/%40shop/cart@2.0.1` → `@shop/cart 2.0.1`. */
import type { Component } from '@breakwater/model';

export interface Named {
  readonly name: string;
  readonly version?: string;
  /** `ejs 3.1.6` */
  readonly text: string;
}

/** Operating system packages carry the distribution as namespace, which is not part of their name. */
const SYSTEMS = ['deb', 'apk', 'rpm'];

export const named = (component: Component): Named => {
  const [type = '', ...rest] = component.purl.slice('pkg:'.length).split(/[?#]/, 1).join('').split('/');
  const path = rest.join('/');
  const at = path.lastIndexOf('@');
  const whole = decoded(at > 0 ? path.slice(0, at) : path);
  const name = SYSTEMS.includes(type) ? whole.slice(whole.indexOf('/') + 1) : whole;
  const version = at > 0 ? decoded(path.slice(at + 1)) : '';
  if (name === '') return { name: component.purl, text: component.purl };
  return version === '' ? { name, text: name } : { name, version, text: `${name} ${version}` };
};

/** A malformed escape is shown as it stands. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
