/** Hits in Terraform: at the value that is wrong, or at the head of the block that lacks it. */
import type { Region } from '@breakwater/model';
import type { TerraformBlock, TerraformResource, TerraformValue } from '../../../../extractors/facts.ts';
import type { Hit } from '../../../check.ts';
import { truthOf, underPath, writtenAs } from './values.ts';

export const hitAt = (resource: TerraformResource, region: Region, message: string): Hit => ({
  at: { uri: resource.uri, region, fullyQualifiedName: resource.address },
  message,
});

/** The first line of the block. */
export const headOf = ({ region }: TerraformBlock): Region => ({ startLine: region.startLine });

/** Something is missing. */
export const lacks = (resource: TerraformResource, message: string, block: TerraformBlock = resource.block): Hit =>
  hitAt(resource, headOf(block), message);

/** The value that would decide is not known here: neither a pass nor a fail. */
export const openAt = (resource: TerraformResource, value: TerraformValue, attribute: string, message: string): Hit => ({
  ...hitAt(resource, value.region, `Could not tell whether ${lowered(message)}: ${attribute} is ${writtenAs(value)}`),
  open: true,
});

/** Names and initialisms keep their first letter. */
const lowered = (message: string): string => (/^[A-Z][a-z]/.test(message) ? message.charAt(0).toLowerCase() + message.slice(1) : message);

export interface Switch {
  /** Under nested blocks: `['root_block_device', 'encrypted']`. */
  readonly path: readonly string[];
  readonly wanted: boolean;
  /** What the provider takes when nothing is written. */
  readonly otherwise: boolean;
  /** The effect when it stands the wrong way. */
  readonly message: string;
}

/** One hit when the switch stands, or by default would stand, the wrong way; an open one when that is not known. */
export function* judgeSwitch(
  resource: TerraformResource,
  { path, wanted, otherwise, message }: Switch,
  block: TerraformBlock = resource.block,
): Generator<Hit> {
  const value = underPath(block, path);
  const truth = truthOf(value);
  if (value === undefined || truth === 'absent') {
    if (otherwise !== wanted) yield lacks(resource, message, block);
  } else if (truth === 'unknown') yield openAt(resource, value, path.join('.'), message);
  else if (truth !== wanted) yield hitAt(resource, value.region, message);
}
