/** A database instance has a public address. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';

export const databasePublic = check<TerraformModule>({
  rule: {
    id: 'deploy/database-public',
    name: 'The database has a public address',
    help: {
      why: 'The database answers to the whole internet; only its password and its security group stand before the data.',
      fix: 'Set publicly_accessible = false and reach it from inside the VPC.',
      references: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-284', 'CIS-AWS-2.3.3'],
    aliases: ['CKV_AWS_17', 'AVD-AWS-0180', 'AVD-AWS-0082'],
  },
  examples: {
    fails: [
      { line: 2, text: 'resource "aws_db_instance" "a" {\n  publicly_accessible = true\n}' },
      { line: 2, text: 'resource "aws_rds_cluster_instance" "a" {\n  publicly_accessible = "true"\n}' },
      { line: 5, text: 'variable "open" {\n  default = true\n}\nresource "aws_db_instance" "a" {\n  publicly_accessible = var.open\n}' },
    ],
    passes: [
      'resource "aws_db_instance" "a" {\n  publicly_accessible = false\n}',
      'resource "aws_db_instance" "a" {\n  engine = "postgres"\n}',
      'resource "aws_db_instance" "a" {\n  count               = 0\n  publicly_accessible = true\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_db_instance', 'aws_rds_cluster_instance', 'aws_dms_replication_instance')) {
      yield* judgeSwitch(resource, {
        path: ['publicly_accessible'],
        wanted: false,
        otherwise: false,
        message: `Database ${resource.name} has an address that the internet can reach`,
      });
    }
  },
});
