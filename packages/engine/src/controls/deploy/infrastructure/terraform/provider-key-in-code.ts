/** Credentials of the cloud account stand in the configuration. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../resource/hit.ts';
import { attributeOf, textOf } from '../resource/values.ts';

export const providerKeyInCode = check<TerraformModule>({
  rule: {
    id: 'deploy/provider-key-in-code',
    name: 'The provider has a literal access key',
    help: {
      why: 'Everyone who can read the repository, or ever could, owns what the key opens.',
      fix: 'Take the key out, revoke it, and use the environment, a profile or a role (OIDC in pipelines).',
      references: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration'],
    },
    severity: 'critical',
    confidence: 'high',
    taxa: ['CWE-798'],
    aliases: ['CKV_AWS_41'],
  },
  examples: {
    fails: [
      { line: 3, text: 'provider "aws" {\n  region     = "eu-west-1"\n  secret_key = "hush/hush+hush/hush+hush/hush+hush/hush+"\n}' },
      { line: 2, text: 'provider "aws" {\n  access_key = "hushhushhushhushhush"\n}' },
    ],
    passes: [
      'provider "aws" {\n  region = "eu-west-1"\n}',
      'provider "aws" {\n  access_key = var.key\n  secret_key = var.secret\n}',
      'provider "aws" {\n  access_key = "mock_access_key"\n  secret_key = "test"\n}',
    ],
  },
  *find(module) {
    for (const provider of module.resources) {
      if (provider.type !== 'provider' || provider.name !== 'aws') continue;
      const key = KEYS.map((name) => attributeOf(provider.block, name)).find((value) => isKey(textOf(value)));
      if (key !== undefined) yield hitAt(provider, key.region, 'Everyone who can read this repository has the keys of the AWS account');
    }
  },
});

const KEYS = ['secret_key', 'access_key', 'token'] as const;

/** Keys are 20 or 40 characters; what stands in for a local emulator is shorter or says so. */
const isKey = (text: string | undefined): boolean =>
  text !== undefined && text.length >= 16 && !/mock|test|fake|dummy|example-|localstack/i.test(text);
