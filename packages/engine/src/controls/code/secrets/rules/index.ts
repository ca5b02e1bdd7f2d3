/** The catalogue in the order of trust: where two rules match the same characters, the earlier one names the secret. */
import type { SecretRule } from '../secret-rule.ts';
import { awsAccessKeyId, awsSecretAccessKey } from './aws.ts';
import { azureClientSecret, azureStorageKey } from './azure.ts';
import { discordBotToken, discordWebhook, telegramBotToken } from './chat.ts';
import { shopifyToken, squareToken } from './commerce.ts';
import { connectionPassword, urlPassword } from './connection.ts';
import { dockerConfigAuth, netrcPassword, npmrcCredential, wordpressKey } from './files.ts';
import { hardcodedSecret } from './generic.ts';
import { githubAppToken, githubFineGrainedToken, githubToken } from './github.ts';
import { gitlabToken } from './gitlab.ts';
import { gcpServiceAccount, googleApiKey, googleOauthSecret } from './google.ts';
import { databricksToken, digitaloceanToken, hashicorpToken, herokuKey } from './hosting.ts';
import { jsonWebToken } from './jwt.ts';
import { ageKey, privateKey } from './keys.ts';
import { mailgunKey } from './mailgun.ts';
import { anthropicKey, huggingFaceToken, openaiKey } from './models.ts';
import { dockerHubToken, npmToken, pypiToken } from './packages.ts';
import { slackToken, slackWebhook } from './slack.ts';
import { stripeLiveKey, stripeTestKey, stripeWebhookSecret } from './stripe.ts';
import { sendgridKey, twilioApiKey, twilioAuthToken } from './twilio.ts';

export const SECRET_RULES: readonly SecretRule[] = [
  awsSecretAccessKey,
  awsAccessKeyId,
  githubToken,
  githubFineGrainedToken,
  githubAppToken,
  gitlabToken,
  stripeLiveKey,
  stripeTestKey,
  stripeWebhookSecret,
  slackToken,
  slackWebhook,
  googleApiKey,
  googleOauthSecret,
  gcpServiceAccount,
  azureStorageKey,
  azureClientSecret,
  npmToken,
  pypiToken,
  dockerHubToken,
  twilioApiKey,
  twilioAuthToken,
  sendgridKey,
  mailgunKey,
  digitaloceanToken,
  herokuKey,
  databricksToken,
  hashicorpToken,
  shopifyToken,
  squareToken,
  telegramBotToken,
  discordWebhook,
  discordBotToken,
  openaiKey,
  anthropicKey,
  huggingFaceToken,
  privateKey,
  ageKey,
  jsonWebToken,
  connectionPassword,
  urlPassword,
  npmrcCredential,
  dockerConfigAuth,
  netrcPassword,
  wordpressKey,
  hardcodedSecret,
];
