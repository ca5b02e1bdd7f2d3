/** What AWS security groups let in from the whole internet. */
import type { TerraformBlock, TerraformModule, TerraformResource, TerraformValue } from '../../../../extractors/facts.ts';
import type { Hit } from '../../../check.ts';
import { hitAt, openAt } from './hit.ts';
import { ofType } from './select.ts';
import { attributeOf, itemsOf, nestedOf, numberOf, textOf } from './values.ts';

export interface Ports {
  readonly from: number;
  readonly to: number;
}
interface Opening {
  readonly resource: TerraformResource;
  /** The value that names the world, or that may do so. */
  readonly source: { readonly value: TerraformValue; readonly attribute: string; readonly known: boolean };
  /** `undefined` = not known, then `unknownPort` says why. */
  readonly ports: Ports | undefined;
  readonly unknownPort?: TerraformValue;
}

const EVERY_PORT: Ports = { from: 0, to: 65_535 };
const SOURCES = ['cidr_blocks', 'ipv6_cidr_blocks', 'cidr_ipv4', 'cidr_ipv6'] as const;

/** Ingress of groups themselves and of the rule resources. */
const openingsOf = (module: TerraformModule): readonly Opening[] => {
  const groups = ofType(module, 'aws_security_group', 'aws_default_security_group');
  const rules = ofType(module, 'aws_security_group_rule').filter(({ block }) => textOf(attributeOf(block, 'type')) === 'ingress');
  return [
    ...groups.flatMap((group) => [
      ...nestedOf(group.block, 'ingress').flatMap((block) => openingOf(group, block)),
      ...unknownIngress(group),
    ]),
    ...[...rules, ...ofType(module, 'aws_vpc_security_group_ingress_rule')].flatMap((rule) => openingOf(rule, rule.block)),
  ];
};

/** `ingress = var.rules` */
const unknownIngress = (group: TerraformResource): readonly Opening[] => {
  const value = attributeOf(group.block, 'ingress');
  if (value?.kind !== 'reference' && value?.kind !== 'unknown') return [];
  return [{ resource: group, source: { value, attribute: 'ingress', known: false }, ports: undefined }];
};

const openingOf = (resource: TerraformResource, block: TerraformBlock): readonly Opening[] => {
  const source = worldSource(block);
  const protocol = attributeOf(block, 'protocol') ?? attributeOf(block, 'ip_protocol');
  if (source === undefined || OTHER_PROTOCOL.test(textOf(protocol) ?? '')) return [];
  return [{ resource, source, ...portsOf(block, protocol) }];
};

/** UDP and ICMP carry none of what is looked for here. */
const OTHER_PROTOCOL = /^(icmp|icmpv6|ipv6-icmp|1|58|udp|17)$/i;

const portsOf = (block: TerraformBlock, protocol: TerraformValue | undefined): Pick<Opening, 'ports' | 'unknownPort'> => {
  if (/^(-1|all)$/i.test(textOf(protocol) ?? '')) return { ports: EVERY_PORT };
  const from = attributeOf(block, 'from_port');
  const to = attributeOf(block, 'to_port') ?? from;
  const [low, high] = [numberOf(from), numberOf(to)];
  if (low !== undefined && high !== undefined) return { ports: low === -1 ? EVERY_PORT : { from: low, to: high } };
  const unknownPort = low === undefined ? from : to;
  return unknownPort === undefined ? { ports: EVERY_PORT } : { ports: undefined, unknownPort };
};

const worldSource = (block: TerraformBlock): Opening['source'] | undefined => {
  let maybe: Opening['source'] | undefined;
  for (const attribute of SOURCES) {
    for (const value of itemsOf(attributeOf(block, attribute))) {
      if (isWorld(textOf(value))) return { value, attribute, known: true };
      if (mayBeWorld(value)) maybe ??= { value, attribute, known: false };
    }
  }
  return maybe;
};

/** Any address: every spelling of a prefix of length 0. */
export const isWorld = (cidr: string | undefined): boolean => cidr !== undefined && /^[0-9a-f:.]+\/0+$/i.test(cidr.trim());

/** The range of a VPC or subnet is never the whole internet. */
const mayBeWorld = (value: TerraformValue): boolean =>
  value.kind !== 'literal' && !(value.kind === 'reference' && /^(data\.)?aws_|^module\./.test(value.to));

const coversAll = (ports: Ports): boolean => ports.from <= 1 && ports.to >= 65_535;
const contains = (ports: Ports, port: number): boolean => ports.from <= port && port <= ports.to;

/** Hits where one of `ports` is open to the internet; openings of all ports belong to the rule of their own. */
export function* openPorts(
  module: TerraformModule,
  ports: readonly number[],
  messageFor: (resource: TerraformResource, port: number) => string,
): Generator<Hit> {
  for (const opening of openingsOf(module)) {
    if (opening.ports !== undefined && coversAll(opening.ports)) continue;
    const { ports: range } = opening;
    const port = range === undefined ? ports[0] : ports.find((one) => contains(range, one));
    if (port !== undefined) yield judged(opening, messageFor(opening.resource, port));
  }
}

/** Hits where every port is open to the internet. */
export function* openToAll(module: TerraformModule, messageFor: (resource: TerraformResource) => string): Generator<Hit> {
  for (const opening of openingsOf(module)) {
    if (opening.ports !== undefined && coversAll(opening.ports)) yield judged(opening, messageFor(opening.resource));
  }
}

const judged = ({ resource, source, unknownPort }: Opening, message: string): Hit => {
  if (!source.known) return openAt(resource, source.value, source.attribute, message);
  return unknownPort === undefined ? hitAt(resource, source.value.region, message) : openAt(resource, unknownPort, 'the port', message);
};
