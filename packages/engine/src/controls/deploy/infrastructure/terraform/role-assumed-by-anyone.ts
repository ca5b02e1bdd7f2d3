/** A role may be taken by any AWS account. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt, openAt } from '../resource/hit.ts';
import { statementsOf, statementsOfDocument } from '../resource/policy.ts';
import { addressIn, dataOfType, ofType } from '../resource/select.ts';
import { attributeOf } from '../resource/values.ts';

export const roleAssumedByAnyone = check<TerraformModule>({
  rule: {
    id: 'deploy/role-assumed-by-anyone',
    name: 'Anyone may assume the role',
    help: {
      why: 'Any AWS account in the world gets the rights of the role.',
      fix: 'Name the accounts, roles or services in Principal.',
      references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-284'],
    aliases: ['CKV_AWS_60'],
  },
  examples: {
    fails: [
      {
        line: 5,
        text: 'resource "aws_iam_role" "a" {\n  assume_role_policy = jsonencode({\n    Statement = [{\n      Effect    = "Allow"\n      Action    = "sts:AssumeRole"\n      Principal = { AWS = "*" }\n    }]\n  })\n}',
      },
      {
        line: 2,
        text: 'resource "aws_iam_role" "a" {\n  assume_role_policy = <<EOF\n{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}\nEOF\n}',
      },
    ],
    passes: [
      'resource "aws_iam_role" "a" {\n  assume_role_policy = jsonencode({\n    Statement = [{\n      Effect    = "Allow"\n      Action    = "sts:AssumeRole"\n      Principal = { Service = "ec2.amazonaws.com" }\n    }]\n  })\n}',
    ],
  },
  *find(module) {
    const documents = new Map(dataOfType(module, 'aws_iam_policy_document').map((document) => [document.address, document]));
    for (const role of ofType(module, 'aws_iam_role')) {
      const value = attributeOf(role.block, 'assume_role_policy');
      if (value === undefined) continue;
      const document = documents.get(addressIn(value) ?? '');
      const statements = document === undefined ? statementsOf(value) : statementsOfDocument(document);
      const message = `Any AWS account may take role ${role.name}`;
      if (statements === undefined) yield openAt(role, value, 'assume_role_policy', message);
      const open = statements?.find(({ allows, conditional, principals }) => allows && !conditional && principals.includes('*'));
      if (open !== undefined) yield document === undefined ? hitAt(role, open.region, message) : hitAt(role, value.region, message);
    }
  },
});
