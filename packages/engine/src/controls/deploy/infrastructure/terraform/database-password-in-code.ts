/** The password of a database stands in the configuration. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt } from '../resource/hit.ts';
import { attributeOf, textOf } from '../resource/values.ts';

export const databasePasswordInCode = check<TerraformModule>({
  rule: {
    id: 'deploy/database-password-in-code',
    name: 'A database password is literal',
    help: {
      why: 'Everyone who can read the repository or the state file has the data.',
      fix: 'Set manage_master_user_password = true, or read it from a secret store, and change the password.',
      references: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-798'],
    aliases: [],
  },
  examples: {
    fails: [
      { line: 2, text: 'resource "aws_db_instance" "a" {\n  password = "hush hush"\n}' },
      {
        line: 5,
        text: 'variable "password" {\n  default = "hush hush"\n}\nresource "aws_rds_cluster" "a" {\n  master_password = var.password\n}',
      },
      { line: 2, text: 'resource "azurerm_mssql_server" "a" {\n  administrator_login_password = "hush hush"\n}' },
    ],
    passes: [
      'resource "aws_db_instance" "a" {\n  password = var.password\n}',
      'resource "aws_db_instance" "a" {\n  password = random_password.a.result\n}',
      'resource "aws_db_instance" "a" {\n  manage_master_user_password = true\n}',
      'resource "aws_db_instance" "a" {\n  password = ""\n}',
      'variable "password" {\n  default = ""\n}\nresource "aws_db_instance" "a" {\n  password = var.password\n}',
    ],
  },
  *find(module) {
    for (const resource of module.resources) {
      if (resource.block.type !== 'resource') continue;
      const attribute = PASSWORDS.get(resource.type);
      const value = attribute === undefined ? undefined : attributeOf(resource.block, attribute);
      const text = textOf(value);
      if (value !== undefined && text !== undefined && text !== '')
        yield hitAt(resource, value.region, `Everyone who can read this repository has the password of database ${resource.name}`);
    }
  },
});

const PASSWORDS: ReadonlyMap<string, string> = new Map([
  ['aws_db_instance', 'password'],
  ['aws_rds_cluster', 'master_password'],
  ['aws_docdb_cluster', 'master_password'],
  ['aws_redshift_cluster', 'master_password'],
  ['azurerm_mssql_server', 'administrator_login_password'],
  ['azurerm_sql_server', 'administrator_login_password'],
  ['azurerm_postgresql_server', 'administrator_login_password'],
  ['azurerm_mysql_server', 'administrator_login_password'],
  ['google_sql_user', 'password'],
]);
