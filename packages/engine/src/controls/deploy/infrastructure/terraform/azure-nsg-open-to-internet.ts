/** An Azure network security group lets the internet at administration ports. */
import type { TerraformBlock, TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt, openAt } from '../resource/hit.ts';
import { isWorld } from '../resource/network.ts';
import { ofType } from '../resource/select.ts';
import { attributeOf, itemsOf, nestedOf, textOf } from '../resource/values.ts';

export const azureNsgOpenToInternet = check<TerraformModule>({
  rule: {
    id: 'deploy/azure-nsg-open-to-internet',
    name: 'The Azure NSG opens SSH, RDP or every port',
    help: {
      why: 'Anyone can try passwords, keys and flaws on the servers behind it.',
      fix: 'Name your networks in source_address_prefix, or use Azure Bastion.',
      references: ['https://learn.microsoft.com/azure/security/fundamentals/network-best-practices'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-284', 'CIS-Azure-6.1', 'CIS-Azure-6.2'],
    aliases: ['CKV_AZURE_9', 'CKV_AZURE_10', 'AVD-AZU-0047', 'AVD-AZU-0048', 'AVD-AZU-0050'],
  },
  examples: {
    fails: [
      {
        line: 6,
        text: 'resource "azurerm_network_security_rule" "a" {\n  direction              = "Inbound"\n  access                 = "Allow"\n  protocol               = "Tcp"\n  destination_port_range = "22"\n  source_address_prefix  = "*"\n}',
      },
      {
        line: 7,
        text: 'resource "azurerm_network_security_group" "a" {\n  security_rule {\n    direction               = "Inbound"\n    access                  = "Allow"\n    protocol                = "*"\n    destination_port_ranges = ["80", "3380-3400"]\n    source_address_prefix   = "Internet"\n  }\n}',
      },
    ],
    passes: [
      'resource "azurerm_network_security_rule" "a" {\n  direction              = "Inbound"\n  access                 = "Allow"\n  destination_port_range = "443"\n  source_address_prefix  = "*"\n}',
      'resource "azurerm_network_security_rule" "a" {\n  direction              = "Inbound"\n  access                 = "Deny"\n  destination_port_range = "22"\n  source_address_prefix  = "*"\n}',
      'resource "azurerm_network_security_rule" "a" {\n  direction              = "Outbound"\n  access                 = "Allow"\n  destination_port_range = "22"\n  source_address_prefix  = "*"\n}',
      'resource "azurerm_network_security_rule" "a" {\n  direction              = "Inbound"\n  access                 = "Allow"\n  destination_port_range = "22"\n  source_address_prefix  = "10.0.0.0/8"\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, 'azurerm_network_security_rule', 'azurerm_network_security_group')) {
      const message = `Anyone on the internet can reach SSH or Remote Desktop through ${resource.name}`;
      const rules = resource.type === 'azurerm_network_security_rule' ? [resource.block] : nestedOf(resource.block, 'security_rule');
      for (const rule of rules.filter(opensAdministration)) {
        const sources = ['source_address_prefix', 'source_address_prefixes'].flatMap((name) => itemsOf(attributeOf(rule, name)));
        const world = sources.find((item) => isEveryone(textOf(item)));
        const unknown = sources.find((item) => item.kind !== 'literal');
        if (world !== undefined) yield hitAt(resource, world.region, message);
        else if (unknown !== undefined) yield openAt(resource, unknown, 'source_address_prefix', message);
      }
    }
  },
});

const isEveryone = (prefix: string | undefined): boolean =>
  prefix !== undefined && (/^(\*|any|internet|<nw>\/0)$/i.test(prefix) || isWorld(prefix));

const opensAdministration = (rule: TerraformBlock): boolean => {
  const word = (name: string): string => textOf(attributeOf(rule, name))?.toLowerCase() ?? '';
  const ports = ['destination_port_range', 'destination_port_ranges'].flatMap((name) => itemsOf(attributeOf(rule, name)));
  if (word('direction') !== 'inbound' || word('access') !== 'allow' || /^(udp|icmp)$/.test(word('protocol'))) return false;
  return ports.some((port) => holds(textOf(port) ?? '', 22) || holds(textOf(port) ?? '', 3389));
};

/** `*`, `22`, `20-30` or several with commas. */
const holds = (ranges: string, port: number): boolean =>
  ranges.split(',').some((range) => {
    const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(range.trim()) ?? [];
    return range.trim() === '*' || (from !== undefined && Number(from) <= port && port <= Number(to));
  });
