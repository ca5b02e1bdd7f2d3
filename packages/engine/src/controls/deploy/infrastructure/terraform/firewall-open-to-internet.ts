/** A Google Cloud firewall lets the internet at administration ports. */
import type { TerraformBlock, TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt, openAt } from '../resource/hit.ts';
import { isWorld } from '../resource/network.ts';
import { ofType } from '../resource/select.ts';
import { attributeOf, itemsOf, nestedOf, textOf } from '../resource/values.ts';

export const firewallOpenToInternet = check<TerraformModule>({
  rule: {
    id: 'deploy/firewall-open-to-internet',
    name: 'The GCP firewall opens SSH, RDP or every port',
    help: {
      why: 'Anyone can try passwords, keys and flaws on the servers behind it.',
      fix: 'Name your networks in source_ranges, or use Identity-Aware Proxy (35.235.240.0/20).',
      references: ['https://cloud.google.com/iap/docs/using-tcp-forwarding'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-284', 'CIS-GCP-3.6'],
    aliases: ['CKV_GCP_2', 'CKV_GCP_3', 'AVD-GCP-0027'],
  },
  examples: {
    fails: [
      {
        line: 6,
        text: 'resource "google_compute_firewall" "a" {\n  allow {\n    protocol = "tcp"\n    ports    = ["22"]\n  }\n  source_ranges = ["0.0.0.0/0"]\n}',
      },
      {
        line: 6,
        text: 'resource "google_compute_firewall" "a" {\n  allow {\n    protocol = "tcp"\n    ports    = ["3000-4000"]\n  }\n  source_ranges = ["::/0"]\n}',
      },
      {
        line: 5,
        text: 'resource "google_compute_firewall" "a" {\n  allow {\n    protocol = "all"\n  }\n  source_ranges = ["0.0.0.0/0"]\n}',
      },
    ],
    passes: [
      'resource "google_compute_firewall" "a" {\n  allow {\n    protocol = "tcp"\n    ports    = ["443", "80"]\n  }\n  source_ranges = ["0.0.0.0/0"]\n}',
      'resource "google_compute_firewall" "a" {\n  allow {\n    protocol = "tcp"\n    ports    = ["22"]\n  }\n  source_ranges = ["35.235.240.0/20"]\n}',
      'resource "google_compute_firewall" "a" {\n  allow {\n    protocol = "icmp"\n  }\n  source_ranges = ["0.0.0.0/0"]\n}',
      'resource "google_compute_firewall" "a" {\n  direction     = "EGRESS"\n  source_ranges = ["0.0.0.0/0"]\n  allow {\n    protocol = "all"\n  }\n}',
      'resource "google_compute_firewall" "a" {\n  deny {\n    protocol = "all"\n  }\n  source_ranges = ["0.0.0.0/0"]\n}',
    ],
  },
  *find(module) {
    for (const firewall of ofType(module, 'google_compute_firewall')) {
      if (textOf(attributeOf(firewall.block, 'direction')) === 'EGRESS') continue;
      const message = `Anyone on the internet can reach SSH or Remote Desktop through ${firewall.name}`;
      const sources = itemsOf(attributeOf(firewall.block, 'source_ranges'));
      const world = sources.find((item) => isWorld(textOf(item)));
      const source = world ?? sources.find((item) => item.kind !== 'literal');
      const opened = nestedOf(firewall.block, 'allow').some(opensAdministration);
      if (!opened || source === undefined) continue;
      yield world === undefined ? openAt(firewall, source, 'source_ranges', message) : hitAt(firewall, world.region, message);
    }
  },
});

const opensAdministration = (allow: TerraformBlock): boolean => {
  const protocol = textOf(attributeOf(allow, 'protocol'))?.toLowerCase() ?? 'all';
  const ports = attributeOf(allow, 'ports');
  if (!/^(tcp|6|all)$/.test(protocol)) return false;
  return ports === undefined || itemsOf(ports).some((port) => holds(textOf(port) ?? '', 22) || holds(textOf(port) ?? '', 3389));
};

/** `22` or `20-30`. */
const holds = (range: string, port: number): boolean => {
  const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(range.trim()) ?? [];
  return from !== undefined && Number(from) <= port && port <= Number(to);
};
