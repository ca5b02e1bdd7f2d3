/** JSON Web Tokens: a signed statement that opens something until it expires. */
import { sample } from '../sample.ts';
import { type Candidate, type Grade, secretRule } from '../secret-rule.ts';

/** Both parts must be JSON objects, the first with an algorithm; what an expired token opens nobody can tell without a clock, so it is low. */
const judgeJwt = ({ secret }: Candidate): Partial<Grade> | undefined => {
  const [head = '', payload = ''] = secret.split('.');
  const header = objectOf(head);
  const claims = objectOf(payload);
  if (typeof header?.['alg'] !== 'string' || claims === undefined) return undefined;
  // The payload of jwt.io, whatever it is signed with.
  if (claims['sub'] === '1234567890') return undefined;
  if (claims['role'] === 'service_role')
    return { severity: 'critical', confidence: 'high', noun: 'A service-role token (Supabase), which passes every row policy,' };
  if (claims['role'] === 'anon') return { severity: 'info', noun: 'An anonymous token (Supabase), public by design,' };
  return claims['exp'] === undefined ? { severity: 'medium', noun: 'A JSON Web Token without an expiry' } : {};
};

const objectOf = (base64url: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
    // Narrowed on this line: an object that is no array has string keys.
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

const jwt = (claims: object): string =>
  [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') +
  `.${sample('url64', 43)}`;

export const jsonWebToken = secretRule({
  id: 'code/json-web-token',
  name: 'JSON Web Token',
  noun: 'A JSON Web Token',
  why: 'Until it expires, whoever reads the token is taken for its subject.',
  rotate: 'End the session or revoke the token where it was issued; when it has no expiry, change the key that signed it.',
  references: ['https://www.rfc-editor.org/rfc/rfc8725'],
  severity: 'low',
  confidence: 'medium',
  aliases: ['jwt'],
  prefix: /^eyJ/,
  minEntropy: 3.5,
  anchors: [{ keywords: ['eyj'], pattern: /eyJ[\w-]{10,2000}\.eyJ[\w-]{10,6000}\.[\w-]{20,1400}(?![\w-])/ }],
  judge: judgeJwt,
  inTests: { severity: 'info' },
  examples: {
    fails: [
      { line: 1, text: `Authorization: Bearer ${jwt({ sub: 'u_81723', exp: 1_790_000_000 })}` },
      { line: 1, text: `const token = '${jwt({ sub: 'u_81723', role: 'admin' })}'` },
      { line: 1, text: `SUPABASE_KEY=${jwt({ iss: 'supabase', role: 'service_role', exp: 2_000_000_000 })}` },
    ],
    passes: [
      `eyJ${sample('url64', 40)}.eyJ${sample('url64', 40, 3)}.${sample('url64', 43, 5)}`,
      'eyJhbGciOiJIUzI1NiJ9...',
      `eyJ${sample('url64', 400)}`,
    ],
  },
});
