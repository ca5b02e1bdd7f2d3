/** Where applications run: DigitalOcean, Heroku, Databricks, HashiCorp Vault and Terraform. */
import { sample } from '../sample.ts';
import { secretRule } from '../secret-rule.ts';

export const digitaloceanToken = secretRule({
  id: 'code/digitalocean-token',
  name: 'DigitalOcean token',
  noun: 'A DigitalOcean token',
  why: 'Whoever reads the token can create, read and destroy droplets, databases and clusters on your bill.',
  rotate: 'Delete the token in the DigitalOcean control panel under API, and make one with custom scopes and an expiry.',
  references: ['https://docs.digitalocean.com/reference/api/create-personal-access-token/'],
  severity: 'critical',
  confidence: 'high',
  aliases: ['digitalocean-pat', 'digitalocean-access-token', 'digitalocean-refresh-token'],
  prefix: /^do[opr]_v1_/,
  minEntropy: 3,
  anchors: [{ keywords: ['dop_v1_', 'doo_v1_', 'dor_v1_'], pattern: /do[opr]_v1_[a-f0-9]{64}(?![A-Za-z0-9_])/ }],
  examples: {
    fails: [{ line: 1, text: `DIGITALOCEAN_TOKEN=dop_${'v1_'}${sample('hex', 64)}` }],
    passes: [`dop_v1_${'0'.repeat(64)}`, 'dop_v1_your_token'],
  },
});

export const herokuKey = secretRule({
  id: 'code/heroku-key',
  name: 'Heroku API key',
  noun: 'A Heroku API key',
  why: 'Whoever reads the key can deploy, and read the configuration of every application of the account, its other secrets included.',
  rotate: 'Revoke the authorization (heroku authorizations:revoke) or regenerate the key in the account settings.',
  references: ['https://devcenter.heroku.com/articles/authentication'],
  severity: 'critical',
  confidence: 'high',
  aliases: ['heroku-api-key', 'heroku-api-key-v2'],
  prefix: /^HRKU-/,
  minEntropy: 3,
  anchors: [
    { keywords: ['hrku-aa'], pattern: /HRKU-AA[\w-]{58}(?![\w-])/ },
    {
      keywords: ['heroku'],
      pattern:
        /heroku[\w.-]{0,12}(?:key|token|secret|auth|oauth)["'\]\\]{0,3}[ \t]{0,12}(?:=>|:=|[:=,(])[ \t]{0,12}\\?["'`]?(?<secret>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![A-Za-z0-9_-])/i,
    },
  ],
  judge: ({ secret }) => (secret.startsWith('HRKU-') ? {} : { severity: 'high', confidence: 'medium' }),
  examples: {
    fails: [
      { line: 1, text: `HEROKU_API_KEY=HRKU-${'AA'}${sample('url64', 58)}` },
      {
        line: 1,
        text: `heroku_api_key: "${sample('hex', 8)}-${sample('hex', 4, 3)}-4${sample('hex', 3, 5)}-a${sample('hex', 3, 11)}-${sample('hex', 12, 13)}"`,
      },
    ],
    passes: [
      'HEROKU_API_KEY=01234567-89ab-cdef-0123-456789abcdef',
      `heroku_app_id: ${sample('hex', 8)}`,
      `HEROKU_API_KEY=\${{ secrets.HEROKU }}`,
    ],
  },
});

export const databricksToken = secretRule({
  id: 'code/databricks-token',
  name: 'Databricks token',
  noun: 'A Databricks token',
  why: 'Whoever reads the token can run jobs on the clusters and read the tables its owner reads.',
  rotate: 'Revoke the token in the user settings under Developer, Access tokens; prefer OAuth for machines.',
  references: ['https://docs.databricks.com/aws/en/dev-tools/auth/pat'],
  severity: 'critical',
  confidence: 'high',
  aliases: ['databricks-api-token'],
  prefix: /^dapi/,
  minEntropy: 3,
  anchors: [{ keywords: ['dapi'], pattern: /dapi[a-f0-9]{32}(?:-\d)?(?![A-Za-z0-9_-])/ }],
  examples: {
    fails: [{ line: 1, text: `DATABRICKS_TOKEN=da${'pi'}${sample('hex', 32)}-2` }],
    passes: ['dapi0123456789abcdef0123456789abcdef', `dapi${'0'.repeat(32)}`],
  },
});

export const hashicorpToken = secretRule({
  id: 'code/hashicorp-token',
  name: 'HashiCorp token',
  noun: 'A HashiCorp Vault or Terraform token',
  why: 'Whoever reads the token reads other secrets from Vault, or the state of the infrastructure and its variables.',
  rotate: 'Revoke it (vault token revoke, or the token settings of HCP Terraform) and make a short-lived one.',
  references: [
    'https://developer.hashicorp.com/vault/docs/concepts/tokens',
    'https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens',
  ],
  severity: 'critical',
  confidence: 'high',
  aliases: ['vault-service-token', 'vault-batch-token', 'hashicorp-tf-api-token'],
  prefix: /^hv[sb]\./,
  minEntropy: 3.5,
  anchors: [
    { keywords: ['hvs.', 'hvb.'], pattern: /hv[sb]\.[\w-]{90,300}(?![\w-])/ },
    { keywords: ['.atlasv1.'], pattern: /(?<=(?<![A-Za-z0-9])(?<head>[A-Za-z0-9]{14}))\.atlasv1\.[\w=-]{60,70}(?![\w-])/ },
  ],
  examples: {
    fails: [
      { line: 1, text: `VAULT_TOKEN=hv${'s.'}${sample('url64', 95)}` },
      { line: 1, text: `token = "${sample('base62', 14)}.atlas${'v1.'}${sample('base62', 67, 3)}"` },
    ],
    passes: ['hvs.your-token', 'xxxxxxxxxxxxxx.atlasv1.zzzzzzzzzzzzz'],
  },
});
