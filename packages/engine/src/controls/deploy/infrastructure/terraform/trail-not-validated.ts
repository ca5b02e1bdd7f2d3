/** The audit trail can be changed unseen. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';

export const trailNotValidated = check<TerraformModule>({
  rule: {
    id: 'deploy/trail-not-validated',
    name: 'CloudTrail log files are not validated',
    help: {
      why: 'Who can write to the log bucket can remove the traces, and nobody can tell.',
      fix: 'Set enable_log_file_validation = true.',
      references: ['https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-354', 'CIS-AWS-3.2'],
    aliases: ['CKV_AWS_36', 'AVD-AWS-0016'],
  },
  examples: {
    fails: [
      { line: 1, text: 'resource "aws_cloudtrail" "a" {\n  name = "a"\n}' },
      { line: 2, text: 'resource "aws_cloudtrail" "a" {\n  enable_log_file_validation = false\n}' },
    ],
    passes: ['resource "aws_cloudtrail" "a" {\n  enable_log_file_validation = true\n}'],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_cloudtrail')) {
      yield* judgeSwitch(resource, {
        path: ['enable_log_file_validation'],
        wanted: true,
        otherwise: false,
        message: `Trail ${resource.name} can be changed afterwards without notice`,
      });
    }
  },
});
