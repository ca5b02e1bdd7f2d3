import { describe, expect, it } from 'vitest';
import { ownersOf } from '../../enrichers/ownership/enricher.ts';
import { parseCodeOwners } from './read.ts';

const owners = (text: string, uri: string) => ownersOf({ uri: '.github/CODEOWNERS', rules: parseCodeOwners(text) })(uri);
const TEXT =
  '# who owns what\n*            @shop/platform\n/src/orders/ @shop/orders  @ann   # orders\n*.tf         @shop/cloud\n/src/orders/legacy.js\n\n[Section]\ndocs/*       @shop/docs\n';

describe('CODEOWNERS', () => {
  it.each([
    ['package.json', '@shop/platform', 2],
    ['src/orders/routes.js', '@shop/orders @ann', 3],
    ['infra/main.tf', '@shop/cloud', 4],
    ['docs/a.md', '@shop/docs', 8],
  ])('gives %s to %s by line %d: the last match wins', (uri, owner, line) => {
    expect(owners(TEXT, uri)).toEqual({ owner, source: 'CODEOWNERS', at: `CODEOWNERS:${line}` });
  });
  it('unassigns by an entry without owners', () => expect(owners(TEXT, 'src/orders/legacy.js')).toBeUndefined());
  it('says nothing where no pattern fits', () => expect(owners('/src/ @a\n', 'lib/a.js')).toBeUndefined());
});
