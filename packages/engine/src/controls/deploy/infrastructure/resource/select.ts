/** Choosing resources of a module and following references between them. */
import type { TerraformModule, TerraformResource, TerraformValue } from '../../../../extractors/facts.ts';
import { attributeOf, textOf, truthOf } from './values.ts';

export const ofType = (module: TerraformModule, ...types: readonly string[]): readonly TerraformResource[] =>
  module.resources.filter((resource) => resource.block.type === 'resource' && types.includes(resource.type));

export const dataOfType = (module: TerraformModule, type: string): readonly TerraformResource[] =>
  module.resources.filter((resource) => resource.block.type === 'data' && resource.type === type);

/** The address of the resource that the value refers to. */
export const addressIn = (value: TerraformValue | undefined): string | undefined => {
  const to = value?.kind === 'reference' ? value.to : value?.kind === 'unknown' ? PLACEHOLDER.exec(value.expression)?.[1] : undefined;
  return to === undefined ? undefined : ADDRESS.exec(to)?.[1];
};

/** `aws_s3_bucket.assets`, `data.aws_iam_policy_document.a` at the start of a reference. */
const ADDRESS = /^((?:data\.)?[\w-]+\.[\w-]+)(?=[.[]|$)/;
const PLACEHOLDER = /\$\{([^{}]{1,300})\}/;

/** For each of `targets` those of `sources` whose attribute means it; one pass, so that thousands of buckets stay quick. */
export const relatedBy = (
  sources: readonly TerraformResource[],
  attribute: string,
  nameAttribute: string,
): ((target: TerraformResource) => readonly TerraformResource[]) => {
  const byKey = new Map<string, TerraformResource[]>();
  for (const source of sources) {
    const value = attributeOf(source.block, attribute);
    const address = addressIn(value);
    const key = address === undefined ? `name ${textOf(value) ?? ''}` : `address ${address}`;
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [source]);
    else known.push(source);
  }
  return (target) => {
    const name = textOf(attributeOf(target.block, nameAttribute));
    return [...(byKey.get(`address ${target.address}`) ?? []), ...(name === undefined ? [] : (byKey.get(`name ${name}`) ?? []))];
  };
};

/** The account encrypts every new disk, said in the same folder. */
export const encryptsByDefault = (module: TerraformModule): boolean =>
  ofType(module, 'aws_ebs_encryption_by_default').some(
    ({ block }) => attributeOf(block, 'enabled') === undefined || truthOf(attributeOf(block, 'enabled')) === true,
  );
