/** What the path alone says of a text: tests and docs hold invented values, lockfiles hold hashes, configuration files need no quotes. */
import type { PathKind } from './secret-rule.ts';

const TEST_FOLDER =
  /(?:^|\/)(?:tests?|__tests__|testing|testdata|test-data|specs?|e2e|fixtures?|__fixtures__|mocks?|__mocks__|examples?|samples?|demos?|stories|benchmarks?)\//i;
const TEST_FILE =
  /(?:[._-](?:test|spec|stories|fixture|mock|example|sample|e2e)s?\.[A-Za-z0-9]{1,8}$|(?:^|\/)(?:test[_.]|examples?[-_.]|sample[-_.])[^/]*$|[._-](?:example|sample|template|dist)$)/i;
const DOCS =
  /(?:(?:^|\/)(?:docs?|documentation|man)\/|\.(?:md|mdx|markdown|rst|adoc|asciidoc|html?)$|(?:^|\/)(?:PKG-INFO|METADATA|readme|changelog|changes|history|contributing)[^/]*$)/i;
const LOCKFILE =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.ya?ml|bun\.lock|deno\.lock|composer\.lock|Gemfile\.lock|poetry\.lock|Pipfile\.lock|uv\.lock|pdm\.lock|Cargo\.lock|flake\.lock|go\.sum|mix\.lock|pubspec\.lock|Podfile\.lock|gradle\.lockfile|packages\.lock\.json|\.terraform\.lock\.hcl|\.package-lock\.json)$/;
const UNQUOTED =
  /(?:\.(?:env|ini|cfg|cnf|conf|config|properties|ya?ml|toml|tfvars|sh|bash|zsh|ps1|bat|cmd|netrc|pgpass|service|txt|secret|secrets|cred|credentials)$|(?:^|\/)(?:\.env[^/]*|[^/]*\.env\.[^/]+|Dockerfile[^/]*|Containerfile|Makefile|\.npmrc|\.netrc|\.pypirc|\.my\.cnf|credentials?|secrets?|Jenkinsfile)$)/i;

export const pathKind = (uri: string): PathKind => {
  if (LOCKFILE.test(uri)) return 'lockfile';
  if (TEST_FOLDER.test(uri) || TEST_FILE.test(uri)) return 'test';
  return DOCS.test(uri) ? 'docs' : 'plain';
};

/** Files in which `NAME=value` and `name: value` stand without quotes. */
export const valuesStandUnquoted = (uri: string): boolean => UNQUOTED.test(uri);
