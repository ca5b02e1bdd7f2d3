/** Microsoft Azure: keys in connection strings, and client secrets of Entra applications. */
import { sample } from '../sample.ts';
import { secretRule } from '../secret-rule.ts';

export const azureStorageKey = secretRule({
  id: 'code/azure-connection-key',
  name: 'Azure connection key',
  noun: 'An Azure account key',
  why: 'Whoever reads the key has the whole storage account, Cosmos database or message bus: no user, no limit, no expiry.',
  rotate: 'Move clients to the second key, regenerate this one under Access keys, and prefer a managed identity.',
  references: ['https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage'],
  severity: 'critical',
  confidence: 'high',
  minEntropy: 4,
  anchors: [
    { keywords: ['accountkey='], pattern: /AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)(?![A-Za-z0-9+/=])/i },
    { keywords: ['sharedaccesskey='], pattern: /SharedAccessKey=(?<secret>[A-Za-z0-9+/]{43}=)(?![A-Za-z0-9+/=])/i },
    {
      keywords: ['storage_account_key', 'storage_key', 'storageaccountkey', 'account_key', 'accesskey', 'access_key'],
      pattern:
        /(?:storage_?)?(?:account_?|access_?)?key["'\]\\]{0,3}[ \t]{0,12}(?:=>|:=|[:=,])[ \t]{0,12}\\?["'`]?(?<secret>[A-Za-z0-9+/]{86}==)(?![A-Za-z0-9+/=])/i,
    },
  ],
  examples: {
    fails: [
      {
        line: 1,
        text: `conn = "DefaultEndpointsProtocol=https;AccountName=shop;Account${'Key='}${sample('base64', 86)}==;EndpointSuffix=core.windows.net"`,
      },
      {
        line: 1,
        text: `Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccess${'Key='}${sample('base64', 43)}=`,
      },
      { line: 1, text: `AZURE_STORAGE_KEY=${sample('base64', 86)}==` },
    ],
    passes: ['AccountName=shop;AccountKey=<key>', `AccountKey=${'A'.repeat(86)}==`, `sha512-${sample('base64', 86)}==`],
  },
});

export const azureClientSecret = secretRule({
  id: 'code/azure-client-secret',
  name: 'Azure client secret',
  noun: 'A client secret of a Microsoft Entra application',
  why: 'Whoever reads it signs in as the application, with all that it may do in the tenant.',
  rotate:
    'Add a new secret under App registrations, Certificates & secrets, use it, and delete this one; prefer a certificate or federation.',
  references: ['https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials'],
  severity: 'critical',
  confidence: 'high',
  aliases: ['azure-ad-client-secret'],
  minEntropy: 3.5,
  anchors: [{ keywords: ['q~'], pattern: /(?<=(?<![\w~.-])(?<head>[A-Za-z0-9_~.]{3}\d))Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])/ }],
  examples: {
    fails: [{ line: 1, text: `clientSecret: "${sample('base62', 3)}8${'Q~'}${sample('base62', 34)}"` }],
    passes: [`abc8Q~${'x'.repeat(34)}`, 'a faq~like word', `${sample('base62', 30)}8Q~${sample('base62', 34)}`],
  },
});
