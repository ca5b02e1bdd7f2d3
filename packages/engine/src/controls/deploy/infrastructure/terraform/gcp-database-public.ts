/** A Cloud SQL database accepts the whole internet. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt, openAt } from '../resource/hit.ts';
import { isWorld } from '../resource/network.ts';
import { ofType } from '../resource/select.ts';
import { attributeOf, nestedOf, textOf } from '../resource/values.ts';

export const gcpDatabasePublic = check<TerraformModule>({
  rule: {
    id: 'deploy/gcp-database-public',
    name: 'Cloud SQL is open to the internet',
    help: {
      why: 'Only the password stands between anyone and the data.',
      fix: 'Take 0.0.0.0/0 out of authorized_networks; set ipv4_enabled = false and a private_network.',
      references: ['https://cloud.google.com/sql/docs/postgres/configure-private-ip'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-284', 'CIS-GCP-6.5'],
    aliases: ['CKV_GCP_11', 'AVD-GCP-0017'],
  },
  examples: {
    fails: [
      {
        line: 5,
        text: 'resource "google_sql_database_instance" "a" {\n  settings {\n    ip_configuration {\n      authorized_networks {\n        value = "0.0.0.0/0"\n      }\n    }\n  }\n}',
      },
    ],
    passes: [
      'resource "google_sql_database_instance" "a" {\n  settings {\n    ip_configuration {\n      authorized_networks {\n        value = "198.51.100.0/24"\n      }\n    }\n  }\n}',
      'resource "google_sql_database_instance" "a" {\n  settings {\n    ip_configuration {\n      ipv4_enabled = false\n    }\n  }\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, 'google_sql_database_instance')) {
      const message = `Anyone on the internet can reach database ${resource.name}`;
      for (const network of nestedOf(resource.block, 'settings')
        .flatMap((settings) => nestedOf(settings, 'ip_configuration'))
        .flatMap((ip) => nestedOf(ip, 'authorized_networks'))) {
        const value = attributeOf(network, 'value');
        if (value === undefined) continue;
        if (isWorld(textOf(value))) yield hitAt(resource, value.region, message);
        else if (value.kind !== 'literal') yield openAt(resource, value, 'authorized_networks', message);
      }
    }
  },
});
