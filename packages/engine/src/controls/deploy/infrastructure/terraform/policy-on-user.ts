/** Rights are given to a person directly. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt, lacks, openAt } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';
import { attributeOf } from '../resource/values.ts';

export const policyOnUser = check<TerraformModule>({
  rule: {
    id: 'deploy/policy-on-user',
    name: 'A policy is attached to a user',
    help: {
      why: 'Rights given one by one are forgotten one by one: they stay when the person changes work.',
      fix: 'Attach the policy to a group or a role.',
      references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege'],
    },
    severity: 'low',
    confidence: 'high',
    taxa: ['CWE-269', 'CIS-AWS-1.15'],
    aliases: ['CKV_AWS_40', 'AVD-AWS-0143'],
  },
  examples: {
    fails: [
      {
        line: 1,
        text: 'resource "aws_iam_user_policy_attachment" "a" {\n  user       = "u"\n  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"\n}',
      },
      { line: 1, text: 'resource "aws_iam_user_policy" "a" {\n  user   = "u"\n  policy = jsonencode({})\n}' },
      { line: 2, text: 'resource "aws_iam_policy_attachment" "a" {\n  users = ["u"]\n}' },
    ],
    passes: [
      'resource "aws_iam_group_policy_attachment" "a" {\n  group = "g"\n}',
      'resource "aws_iam_policy_attachment" "a" {\n  roles = ["r"]\n}',
      'resource "aws_iam_policy_attachment" "a" {\n  users = []\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, 'aws_iam_user_policy_attachment', 'aws_iam_user_policy'))
      yield lacks(resource, message(resource.name));
    for (const resource of ofType(module, 'aws_iam_policy_attachment')) {
      const users = attributeOf(resource.block, 'users');
      if (users?.kind === 'list' && users.items.length > 0) yield hitAt(resource, users.region, message(resource.name));
      else if (users !== undefined && users.kind !== 'list') yield openAt(resource, users, 'users', message(resource.name));
    }
  },
});

const message = (name: string): string => `The rights of ${name} hang on a single user and outlive the need`;
