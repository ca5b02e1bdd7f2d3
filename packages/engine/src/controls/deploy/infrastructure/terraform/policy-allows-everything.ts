/** An IAM policy allows every action on everything. */
import type { TerraformModule, TerraformResource, TerraformValue } from '../../../../extractors/facts.ts';
import type { Hit } from '../../../check.ts';
import { check } from '../../../check.ts';
import { hitAt, openAt } from '../resource/hit.ts';
import { type Statement, statementsOf, statementsOfDocument } from '../resource/policy.ts';
import { dataOfType, ofType } from '../resource/select.ts';
import { attributeOf } from '../resource/values.ts';

export const policyAllowsEverything = check<TerraformModule>({
  rule: {
    id: 'deploy/policy-allows-everything',
    name: 'The policy allows everything',
    help: {
      why: 'Who gets hold of this identity owns the account.',
      fix: 'Name the actions and resources that are needed.',
      references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-269', 'CWE-732', 'CIS-AWS-1.16'],
    aliases: ['CKV_AWS_62', 'CKV_AWS_1'],
  },
  examples: {
    fails: [
      {
        line: 5,
        text: 'resource "aws_iam_policy" "a" {\n  policy = jsonencode({\n    Statement = [{\n      Effect   = "Allow"\n      Action   = "*"\n      Resource = "*"\n    }]\n  })\n}',
      },
      {
        line: 5,
        text: 'resource "aws_iam_role_policy" "a" {\n  policy = jsonencode({\n    Statement = [{\n      Effect   = "Allow"\n      Action   = ["s3:*", "*"]\n      Resource = ["*"]\n    }]\n  })\n}',
      },
      { line: 3, text: 'data "aws_iam_policy_document" "a" {\n  statement {\n    actions   = ["*"]\n    resources = ["*"]\n  }\n}' },
      {
        line: 2,
        text: 'resource "aws_iam_policy" "a" {\n  policy = <<EOF\n{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Sid": "${var.sid}"}}\nEOF\n}',
      },
    ],
    passes: [
      'resource "aws_iam_policy" "a" {\n  policy = jsonencode({\n    Statement = [{\n      Effect   = "Allow"\n      Action   = "s3:*"\n      Resource = "*"\n    }]\n  })\n}',
      'resource "aws_iam_policy" "a" {\n  policy = jsonencode({\n    Statement = [{\n      Effect   = "Allow"\n      Action   = "*"\n      Resource = "arn:aws:s3:::a/*"\n    }]\n  })\n}',
      'resource "aws_iam_policy" "a" {\n  policy = data.aws_iam_policy_document.a.json\n}\ndata "aws_iam_policy_document" "a" {\n  statement {\n    actions   = ["s3:GetObject"]\n    resources = ["*"]\n  }\n}',
      'data "aws_iam_policy_document" "a" {\n  statement {\n    effect    = "Deny"\n    actions   = ["*"]\n    resources = ["*"]\n  }\n}',
    ],
  },
  *find(module) {
    for (const document of dataOfType(module, 'aws_iam_policy_document')) yield* judge(document, statementsOfDocument(document));
    for (const resource of ofType(module, ...Object.keys(POLICIES))) {
      const value = attributeOf(resource.block, POLICIES[resource.type] ?? '');
      if (value === undefined || isDocumentHere(value)) continue; // its document is judged where it stands
      const statements = statementsOf(value);
      if (statements === undefined) yield openAt(resource, value, 'policy', message(resource));
      else yield* judge(resource, statements);
    }
  },
});

/** Type → the attribute that holds the policy. */
const POLICIES: Readonly<Record<string, string>> = {
  aws_iam_policy: 'policy',
  aws_iam_role_policy: 'policy',
  aws_iam_user_policy: 'policy',
  aws_iam_group_policy: 'policy',
  aws_ssoadmin_permission_set_inline_policy: 'inline_policy',
};

const message = ({ name }: TerraformResource): string => `Whoever has policy ${name} may do everything in the account`;

const isDocumentHere = (value: TerraformValue): boolean =>
  value.kind === 'reference' && value.to.startsWith('data.aws_iam_policy_document.');

const EVERY_ACTION = /^(\*|\*:\*)$/;

function* judge(resource: TerraformResource, statements: readonly Statement[]): Generator<Hit> {
  for (const { allows, actions, resources, region } of statements) {
    if (!allows || !actions.some((action) => EVERY_ACTION.test(action ?? ''))) continue;
    const value: TerraformValue = { kind: 'unknown', expression: 'given elsewhere', region };
    if (resources.includes('*')) yield hitAt(resource, region, message(resource));
    else if (resources.includes(undefined)) yield openAt(resource, value, 'Resource', message(resource));
  }
}
