/** A table cannot be taken back to an earlier moment. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';

export const tableWithoutRecovery = check<TerraformModule>({
  rule: {
    id: 'deploy/table-without-recovery',
    name: 'The table has no point-in-time recovery',
    help: {
      why: 'Data that a defect or an attacker deletes is lost.',
      fix: 'Set point_in_time_recovery { enabled = true }.',
      references: ['https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-693'],
    aliases: ['CKV_AWS_28', 'AVD-AWS-0024'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_dynamodb_table" "a" {\n  name = "a"\n}' },
      { line: 3, text: 'resource "aws_dynamodb_table" "a" {\n  point_in_time_recovery {\n    enabled = false\n  }\n}' },
    ],
    passes: ['resource "aws_dynamodb_table" "a" {\n  point_in_time_recovery {\n    enabled = true\n  }\n}'],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_dynamodb_table')) {
      yield* judgeSwitch(resource, {
        path: ['point_in_time_recovery', 'enabled'],
        wanted: true,
        otherwise: false,
        message: `Table ${resource.name} cannot be taken back to the moment before a loss`,
      });
    }
  },
});
