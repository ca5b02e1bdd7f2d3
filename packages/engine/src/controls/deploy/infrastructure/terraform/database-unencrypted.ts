/** A database keeps its data in the clear. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';
import { attributeOf, textOf } from '../resource/values.ts';

export const databaseUnencrypted = check<TerraformModule>({
  rule: {
    id: 'deploy/database-unencrypted',
    name: 'The database is not encrypted',
    help: {
      why: 'Who gets at a disk or a snapshot reads all of it.',
      fix: 'Set storage_encrypted = true; an existing instance must be restored from an encrypted snapshot.',
      references: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html'],
    },
    severity: 'medium',
    confidence: 'high',
    taxa: ['CWE-311', 'CIS-AWS-2.3.1'],
    aliases: ['CKV_AWS_16', 'CKV_AWS_96', 'CKV_AWS_74', 'CKV_AWS_44', 'AVD-AWS-0079', 'AVD-AWS-0080', 'AVD-AWS-0021', 'AVD-AWS-0076'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_db_instance" "a" {\n  engine = "postgres"\n}' },
      { line: 2, text: 'resource "aws_rds_cluster" "a" {\n  storage_encrypted = false\n}' },
    ],
    passes: [
      'resource "aws_db_instance" "a" {\n  storage_encrypted = true\n}',
      'resource "aws_db_instance" "replica" {\n  replicate_source_db = aws_db_instance.a.identifier\n}',
      'resource "aws_rds_cluster" "a" {\n  engine_mode = "serverless"\n}',
      'resource "aws_db_instance" "a" {\n  snapshot_identifier = "x"\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_db_instance', 'aws_rds_cluster', 'aws_docdb_cluster', 'aws_neptune_cluster')) {
      const { block } = resource;
      const inherits = INHERITED.some((name) => attributeOf(block, name) !== undefined);
      if (textOf(attributeOf(block, 'engine_mode')) === 'serverless') continue; // always encrypted
      yield* judgeSwitch(resource, {
        path: ['storage_encrypted'],
        wanted: true,
        otherwise: inherits,
        message: `The data of database ${resource.name} is kept unencrypted`,
      });
    }
  },
});

/** A copy is encrypted as what it is made from. */
const INHERITED = ['replicate_source_db', 'snapshot_identifier', 'global_cluster_identifier', 'replication_source_identifier'] as const;
