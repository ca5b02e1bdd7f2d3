/** GitLab: tokens of people, projects, runners, deployments and agents. */
import { sample } from '../sample.ts';
import { secretRule } from '../secret-rule.ts';

export const gitlabToken = secretRule({
  id: 'code/gitlab-token',
  name: 'GitLab token',
  noun: 'A GitLab token',
  why: 'Whoever reads the token has its scopes: the code, the pipelines and the registry of its owner.',
  rotate:
    'Revoke the token where it was made (Access tokens of the user, project or group; Runners; Deploy tokens), and make a new one with an expiry.',
  references: ['https://docs.gitlab.com/security/tokens/'],
  severity: 'critical',
  confidence: 'high',
  aliases: [
    'gitlab-pat',
    'gitlab-pat-routable',
    'gitlab-deploy-token',
    'gitlab-runner-authentication-token',
    'gitlab-runner-authentication-token-routable',
    'gitlab-ptt',
    'gitlab-oauth-app-secret',
    'gitlab-kubernetes-agent-token',
    'gitlab-scim-token',
    'gitlab-cicd-job-token',
  ],
  prefix: /^gl(?:[a-z]{2,6})-/,
  minEntropy: 3,
  anchors: [
    {
      keywords: ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'gloas-', 'glsoat-', 'glagent-', 'glcbt-'],
      pattern: /gl(?:pat|dt|rt|ptt|oas|soat|agent|cbt)-(?:[\w-]{20,300}(?:\.\d{2})?\.[0-9a-z]{9}(?![\w-])|(?:t\d_)?[\w-]{20,64}(?![\w-]))/,
    },
  ],
  examples: {
    fails: [
      { line: 1, text: `GITLAB_TOKEN="gl${'pat-'}${sample('url64', 20)}"` },
      { line: 1, text: `token: gl${'pat-'}${sample('base62', 27)}.01.${sample('hex', 9)}` },
      { line: 1, text: `gl${'rt-'}${sample('url64', 20, 3)}` },
    ],
    passes: [`glpat-${'x'.repeat(20)}`, 'glpat-<your token>', 'PRIVATE-TOKEN: glpat-yourtokenyourtoken00'],
  },
});
