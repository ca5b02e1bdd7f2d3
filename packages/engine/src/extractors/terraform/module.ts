/** The files of one folder → its resources, data sources, providers and module calls, with values. */
import { byKeys } from '../../lib/order.ts';
import type { TerraformBlock, TerraformModule, TerraformResource } from '../facts.ts';
import { blockOf } from './blocks.ts';
import { regionsOf } from './cursor.ts';
import type { SourceFile } from './evaluate.ts';
import { parseHcl } from './parse.ts';
import { type Definition, definitionsOf, scopeOf } from './scope.ts';
import type { Attribute, Block } from './syntax.ts';

export interface HclText {
  readonly uri: string;
  readonly text: string;
}
export interface FileMistake {
  readonly uri: string;
  readonly line: number;
  readonly message: string;
  /** Further mistakes in the same file. */
  readonly more: number;
}
export interface ParsedModule {
  readonly module: TerraformModule;
  readonly mistakes: readonly FileMistake[];
}

/** `variables` are the tfvars files in order of precedence, strongest last. Total: any text gives a result. */
export const parseModule = (folder: string, files: readonly HclText[], variables: readonly HclText[] = []): ParsedModule => {
  const parsed = files.map(parseFile);
  const given = variables.map(parseFile);
  const blocks = parsed.flatMap(({ file, blocks: found }) => found.map((block) => ({ block, file })));
  const defined = definitionsOf(blocks);
  const overridden = given.flatMap(({ file, attributes }) =>
    attributes.map((one): [string, Definition] => [one.name, { value: one.value, file }]),
  );
  const scope = scopeOf({ ...defined, variables: new Map([...defined.variables, ...overridden]) });
  const resources = blocks.flatMap(({ block, file }) => resourceOf(file.uri, blockAddress(block), () => blockOf(block, file, scope)));
  return {
    module: {
      folder,
      resources: resources.sort(
        byKeys(
          (resource) => resource.address,
          (resource) => resource.uri,
        ),
      ),
    },
    mistakes: [...parsed, ...given].flatMap(({ mistake }) => (mistake === undefined ? [] : [mistake])),
  };
};

interface ParsedFile {
  readonly file: SourceFile;
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
  readonly mistake: FileMistake | undefined;
}

const parseFile = ({ uri, text }: HclText): ParsedFile => {
  const { attributes, blocks, mistakes } = parseHcl(text);
  const [first] = mistakes;
  const mistake = first === undefined ? undefined : { uri, ...first, more: mistakes.length - 1 };
  return { file: { uri, text, region: regionsOf(text) }, attributes, blocks, mistake };
};

type Address = Pick<TerraformResource, 'address' | 'type' | 'name'>;

const blockAddress = ({ type, labels: [first, second] }: Block): Address | undefined => {
  if (type === 'resource' && first && second) return { address: `${first}.${second}`, type: first, name: second };
  if (type === 'data' && first && second) return { address: `data.${first}.${second}`, type: first, name: second };
  if (type === 'provider' && first) return { address: `provider.${first}`, type: 'provider', name: first };
  if (type === 'module' && first) return { address: `module.${first}`, type: 'module', name: first };
  return undefined;
};

/** `count = 0` makes nothing, so there is nothing to judge. */
const resourceOf = (uri: string, address: Address | undefined, read: () => TerraformBlock): readonly TerraformResource[] => {
  if (address === undefined) return [];
  const block = read();
  const count = block.attributes['count'];
  return count?.kind === 'literal' && count.value === 0 ? [] : [{ uri, ...address, block }];
};
