/** Every folder of the target that holds Terraform. */
import { byText } from '../../lib/order.ts';
import type { TerraformModule } from '../facts.ts';
import type { FoundFile, Reading } from '../reading.ts';
import { type HclText, parseModule } from './module.ts';

/** A hand-written file of this size does not exist; what is larger is said to be unread. */
const MAX_BYTES = 1024 * 1024;
const HINT =
  'Correct the line (terraform validate shows it too), or exclude the file under controls.infrastructure.exclude with the reason.';

/** One module per folder, sorted by folder. What does not parse becomes BW3021 with its line; the rest is kept. */
export const readTerraform = async (reading: Reading): Promise<readonly TerraformModule[]> => {
  const modules: TerraformModule[] = [];
  for (const [folder, files] of foldersOf(reading.files)) {
    reading.signal.throwIfAborted();
    for (const { uri } of files.filter((file) => JSON_FORM.test(file.uri))) {
      problem(
        reading,
        uri,
        `${uri} is Terraform in JSON, which is not read yet`,
        undefined,
        'Write the file as HCL, or look at it by other means.',
      );
    }
    const texts = await readAll(
      reading,
      files.filter((file) => file.uri.endsWith('.tf')),
    );
    if (texts.length === 0) continue;
    const { module, mistakes } = parseModule(folder, texts, await readAll(reading, variableFiles(files)));
    modules.push(module);
    for (const { uri, line, message, more } of mistakes) {
      problem(reading, uri, `${uri}:${line} ${message}${more > 0 ? `, and ${more} more` : ''}`, line);
    }
  }
  const resources = modules.reduce((sum, module) => sum + module.resources.length, 0);
  if (modules.length > 0) reading.looked(`${resources} ${resources === 1 ? 'resource' : 'resources'}`);
  return modules;
};

const FILE = /\.(tf|tf\.json|tfvars|tfvars\.json)$/;
/** Of the tfvars, those that Terraform loads by itself. */
const JSON_FORM = /\.tf\.json$|(^|\/)terraform\.tfvars\.json$|\.auto\.tfvars\.json$/;

/** Copies of modules that `terraform init` downloads are not the team's files. */
const foldersOf = (files: readonly FoundFile[]): readonly (readonly [string, readonly FoundFile[]])[] => {
  const folders = new Map<string, FoundFile[]>();
  for (const file of files) {
    if (!FILE.test(file.uri) || `/${file.uri}`.includes('/.terraform/')) continue;
    const folder = file.uri.includes('/') ? file.uri.slice(0, file.uri.lastIndexOf('/')) : '';
    const known = folders.get(folder);
    if (known === undefined) folders.set(folder, [file]);
    else known.push(file);
  }
  return [...folders].filter(([, found]) => found.some((file) => /\.tf(\.json)?$/.test(file.uri))).sort(([a], [b]) => byText(a, b));
};

/** Only what Terraform loads by itself; other tfvars are for runs that we cannot see. Strongest last. */
const variableFiles = (files: readonly FoundFile[]): readonly FoundFile[] => [
  ...files.filter((file) => /(^|\/)terraform\.tfvars$/.test(file.uri)),
  ...files.filter((file) => file.uri.endsWith('.auto.tfvars')).sort((a, b) => byText(a.uri, b.uri)),
];

const readAll = async (reading: Reading, files: readonly FoundFile[]): Promise<readonly HclText[]> => {
  const texts: HclText[] = [];
  for (const { uri } of files) {
    try {
      texts.push({ uri, text: await reading.readText(uri, MAX_BYTES) });
    } catch (cause) {
      if (reading.signal.aborted) throw cause;
      problem(reading, uri, `${uri} cannot be read: ${cause instanceof Error ? cause.message : 'unknown reason'}`);
    }
  }
  return texts;
};

const problem = (reading: Reading, uri: string, message: string, line?: number, hint = HINT): void =>
  reading.problem({ code: 'BW3021', uri, ...(line === undefined ? {} : { line }), message, hint, incomplete: true });
