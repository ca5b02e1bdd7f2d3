/** A database has no backups. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt, lacks, openAt } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';
import { attributeOf, numberOf } from '../resource/values.ts';

export const databaseWithoutBackup = check<TerraformModule>({
  rule: {
    id: 'deploy/database-without-backup',
    name: 'The database keeps no backups',
    help: {
      why: 'Data that a defect or an attacker deletes is lost.',
      fix: 'Set backup_retention_period to 7 days or more.',
      references: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-693'],
    aliases: ['CKV_AWS_133', 'AVD-AWS-0077'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_db_instance" "a" {\n  engine = "postgres"\n}' },
      { line: 2, text: 'resource "aws_db_instance" "a" {\n  backup_retention_period = 0\n}' },
    ],
    passes: [
      'resource "aws_db_instance" "a" {\n  backup_retention_period = 7\n}',
      'resource "aws_rds_cluster" "a" {\n  engine = "aurora-mysql"\n}',
      'resource "aws_db_instance" "replica" {\n  replicate_source_db = aws_db_instance.a.identifier\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_db_instance', 'aws_rds_cluster')) {
      const days = attributeOf(resource.block, 'backup_retention_period');
      const message = `What is lost in database ${resource.name} cannot be brought back: it keeps no backups`;
      const replica = attributeOf(resource.block, 'replicate_source_db') !== undefined;
      if (days === undefined && resource.type === 'aws_db_instance' && !replica)
        yield lacks(resource, message); // a cluster keeps one day by default
      else if (days !== undefined && numberOf(days) === undefined) yield openAt(resource, days, 'backup_retention_period', message);
      else if (days !== undefined && numberOf(days) === 0 && !replica) yield hitAt(resource, days.region, message);
    }
  },
});
