/** Decides of every site that could load anything whether a model or a pin closes it; what remains is open. */
import type { Config } from '@breakwater/model';
import type { Load, ModuleFacts, Unknown } from '../../javascript/modules/module-facts.ts';
import { MAIN_MODULE } from '../../javascript/modules/module-facts.ts';
import type { Pattern } from '../../javascript/modules/pattern.ts';
import { exact } from '../../javascript/modules/pattern.ts';
import type { Model, Models } from './models.ts';
import { fitsGlob } from './models.ts';
import type { Visit } from './traverse.ts';
import { nameAndVersion } from './ways.ts';

type Pin = NonNullable<NonNullable<Config['reachability']>['pins']>[number];

export interface Closing {
  /** What closed sites load. */
  readonly loads: readonly { readonly from: Visit; readonly load: Load }[];
  readonly open: readonly { readonly visit: Visit; readonly site: Unknown }[];
  /** What was relied on, one a line. */
  readonly relied: readonly { readonly visit: Visit; readonly text: string }[];
  readonly usedPins: ReadonlySet<Pin>;
}

export interface ClosingContext {
  readonly models: Models;
  readonly pins: readonly Pin[];
  /** Some template of the application loads modules. */
  readonly templatesLoad: boolean;
}

/** Over all modules that were visited: a model's condition asks about the whole application. */
export const closeSites = (visits: readonly Visit[], { models, pins, templatesLoad }: ClosingContext): Closing => {
  const closer = new Closer(visits, models, pins, templatesLoad);
  for (const visit of visits) for (const site of visit.facts.unknown) closer.judge(visit, site);
  return closer;
};

class Closer implements Closing {
  readonly loads: { readonly from: Visit; readonly load: Load }[] = [];
  readonly open: { readonly visit: Visit; readonly site: Unknown }[] = [];
  readonly relied: { readonly visit: Visit; readonly text: string }[] = [];
  readonly usedPins = new Set<Pin>();
  readonly #models: Models;
  readonly #pins: readonly Pin[];
  readonly #visits: readonly Visit[];
  readonly #templates: boolean;

  constructor(visits: readonly Visit[], models: Models, pins: readonly Pin[], templates: boolean) {
    this.#templates = templates;
    this.#visits = visits;
    this.#models = models;
    this.#pins = pins;
  }

  judge(visit: Visit, site: Unknown): void {
    const pin = this.#pins.find((each) => namesOf(visit, site.line).includes(each.at));
    if (pin !== undefined) {
      this.usedPins.add(pin);
      this.#close(visit, site, pin.loads, `pinned: ${pin.reason}`);
    } else this.#judgeByModel(visit, site);
  }

  #judgeByModel(visit: Visit, site: Unknown): void {
    const { unit, path } = visit.ref;
    const model = unit === undefined ? undefined : this.#models.find(unit.item.name, unit.item.version, path, site);
    const loads = model === undefined ? undefined : this.#loadsOf(model);
    if (model === undefined || loads === undefined) this.open.push({ visit, site });
    else this.#close(visit, site, loads, model['closed-because']);
  }

  #close(visit: Visit, site: Unknown, names: readonly string[], because: string): void {
    const where = visit.ref.unit === undefined ? visit.ref.path : `${nameAndVersion(visit.ref.unit)} ${visit.ref.path}`;
    this.relied.push({ visit, text: `${where}:${site.line} ${site.text}: ${because}` });
    if (names.length === 0) return;
    const patterns = names.map((name) => (name.endsWith('*') ? { head: name.slice(0, -1), tail: '' } : exact(name)));
    this.loads.push({ from: visit, load: { patterns, by: 'require', soft: true, line: site.line, text: site.text } });
  }

  /** Names that the site loads; undefined when a condition of the model does not hold. */
  #loadsOf(model: Model): readonly string[] | undefined {
    if (this.#isNamed(model) || this.#hasOtherUsers(model) || (model['unless-templates-load'] === true && this.#templatesLoad()))
      return undefined;
    const engines = model['loads-view-engines'] === true ? this.#engines() : [];
    return engines === undefined ? undefined : [...(model.loads ?? []), ...engines];
  }

  #isNamed(model: Model): boolean {
    const anywhere = model['unless-named'] ?? [];
    const byUsers = model['unless-named-by-users'] ?? [];
    if (anywhere.length + byUsers.length === 0) return false;
    const besides = [model.package, ...(model.besides ?? [])];
    return this.#visits.some(({ ref, facts }) => {
      const holder = ref.unit?.item.name;
      if (holder !== undefined && besides.some((each) => fitsGlob(each, holder, false))) return false;
      const asked = holder === undefined || uses(facts, model.package) ? [...anywhere, ...byUsers] : anywhere;
      return asked.some((name) => facts.named.includes(name));
    });
  }

  #hasOtherUsers(model: Model): boolean {
    const users = model['only-for'];
    if (users === undefined) return false;
    const known = [model.package, ...users];
    return this.#visits.some(({ ref, facts }) => !known.includes(ref.unit?.item.name ?? '') && uses(facts, model.package));
  }

  /** A template file of the application loads modules, or its code names a way that a template could be given. */
  #templatesLoad(): boolean {
    return this.#templates || this.#visits.some(({ ref, facts }) => ref.unit === undefined && facts.named.includes(MAIN_MODULE));
  }

  /** View engines by the application's own calls: the setting, and extensions of views that no function is registered for. */
  #engines(): readonly string[] | undefined {
    const views = this.#visits.flatMap((visit) => (visit.ref.unit === undefined ? (visit.facts.views ?? []) : []));
    const engines = views.flatMap((each) => each.engines);
    const extensions = views.flatMap((each) => each.rendered).map(extensionOf);
    const registered = views.flatMap((each) => each.registered);
    const known = [...engines, ...registered].every((each) => each.tail === undefined) && !extensions.includes(undefined);
    if (!known) return undefined;
    const byFunction = new Set(registered.map((each) => bare(each.head)));
    const wanted = [...engines.map((each) => bare(each.head)), ...extensions.map((each) => each ?? '')];
    return [...new Set(wanted)].filter((name) => name !== '' && !byFunction.has(name)).sort();
  }
}

const uses = (facts: ModuleFacts, name: string): boolean =>
  facts.loads.some((load) => load.patterns.some(({ head }) => head === name || head.startsWith(`${name}/`)));

const bare = (extension: string): string => extension.replace(/^\./, '');

/** Of `receipt.ejs`: `ejs`; of `receipt`: nothing; undefined when the end of the name is not known. */
const extensionOf = (view: Pattern): string | undefined => {
  const end = view.tail ?? view.head;
  const dot = /\.([^./\\]+)$/.exec(end);
  if (dot !== null) return dot[1] ?? '';
  return view.tail === undefined ? '' : undefined;
};

/** How a pin may name a site: as the report shows it. */
const namesOf = (visit: Visit, line: number): readonly string[] => {
  const { unit, path } = visit.ref;
  const own = `${path}:${line}`;
  return unit === undefined ? [own] : [own, `${nameAndVersion(unit)} ${own}`, `${unit.item.name}/${own}`];
};
