/** A storage account answers to unencrypted requests. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { judgeSwitch } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';

export const azureStoragePlainHttp = check<TerraformModule>({
  rule: {
    id: 'deploy/azure-storage-plain-http',
    name: 'The storage account allows HTTP',
    help: {
      why: 'Keys and data can be read on the way.',
      fix: 'Set https_traffic_only_enabled = true (enable_https_traffic_only before azurerm 4).',
      references: ['https://learn.microsoft.com/azure/storage/common/storage-require-secure-transfer'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-319'],
    aliases: ['CKV_AZURE_3', 'AVD-AZU-0008'],
  },
  examples: {
    fails: [
      { line: 2, text: 'resource "azurerm_storage_account" "a" {\n  https_traffic_only_enabled = false\n}' },
      { line: 2, text: 'resource "azurerm_storage_account" "a" {\n  enable_https_traffic_only = false\n}' },
    ],
    passes: [
      'resource "azurerm_storage_account" "a" {\n  https_traffic_only_enabled = true\n}',
      'resource "azurerm_storage_account" "a" {\n  name = "a"\n}',
    ],
  },
  *find(module) {
    for (const resource of ofType(module, 'azurerm_storage_account')) {
      for (const name of ['https_traffic_only_enabled', 'enable_https_traffic_only']) {
        yield* judgeSwitch(resource, {
          path: [name],
          wanted: true,
          otherwise: true,
          message: `What is sent to storage account ${resource.name} can be read on the way`,
        });
      }
    }
  },
});
