/** Azure storage can be read without signing in. */
import type { TerraformModule } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt, openAt } from '../resource/hit.ts';
import { ofType } from '../resource/select.ts';
import { attributeOf, textOf } from '../resource/values.ts';

export const azureStoragePublic = check<TerraformModule>({
  rule: {
    id: 'deploy/azure-storage-public',
    name: 'Azure storage allows anonymous access',
    help: {
      why: 'Anyone who knows or guesses the address reads what lies in it.',
      fix: 'Set container_access_type = "private" and allow_nested_items_to_be_public = false.',
      references: ['https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent'],
    },
    severity: 'high',
    confidence: 'high',
    taxa: ['CWE-732'],
    aliases: ['CKV_AZURE_34', 'AVD-AZU-0007'],
  },
  examples: {
    fails: [
      { line: 2, text: 'resource "azurerm_storage_container" "a" {\n  container_access_type = "blob"\n}' },
      { line: 2, text: 'resource "azurerm_storage_container" "a" {\n  container_access_type = "container"\n}' },
    ],
    passes: [
      'resource "azurerm_storage_container" "a" {\n  container_access_type = "private"\n}',
      'resource "azurerm_storage_container" "a" {\n  name = "a"\n}',
    ],
  },
  *find(module) {
    for (const container of ofType(module, 'azurerm_storage_container')) {
      const value = attributeOf(container.block, 'container_access_type');
      const message = `Anyone can read what lies in container ${container.name}`;
      const word = textOf(value)?.toLowerCase();
      if (value !== undefined && word === undefined) yield openAt(container, value, 'container_access_type', message);
      else if (value !== undefined && (word === 'blob' || word === 'container')) yield hitAt(container, value.region, message);
    }
  },
});
