/** Passwords inside addresses: databases, queues, mail and plain URLs. */
import { sample } from '../sample.ts';
import { type Candidate, type Grade, secretRule } from '../secret-rule.ts';

/** Passwords of manuals and of machines that exist for a test only: no secret, and they drown the others. */
const EVERYDAY =
  /^(?:[a-z]*(?:pass|passwd|password|passw0rd|pwd|pw|secret|token|credentials?|user|username|login)\d{0,4}|p[@4a]ss\w{0,6}|postgres\w{0,4}|mysql|maria(?:db)?|mongo(?:db)?|redis|rabbit(?:mq)?|root\w{0,4}|admin\w{0,4}|guest|test\w{0,4}|dev|local|foo|bar|baz|hunter2|abc\d*|\d{1,8}|x{3,}|some\w*|my\w*|a|b|bob|alice)$/i;
const EXAMPLE_HOST =
  /(?:^|\.)(?:example|test|invalid|localhost|example\.(?:com|org|net)|domain\.com|mydomain\.com|host(?:name)?|server|your-?\w*)$/i;
const LOCAL_HOST = /^(?:localhost|127\.\d|0\.0\.0\.0|\[?::1|host\.docker\.internal|[a-z][a-z0-9_-]*$|10\.|192\.168\.)/i;
const HOST = /^@\[?([A-Za-z0-9._:-]{1,255})/;

const judge = ({ secret, text, start, keywordAt }: Candidate): Partial<Grade> | undefined => {
  const host = (HOST.exec(text.slice(start + secret.length, start + secret.length + 260))?.[1] ?? '').replace(/:\d+$/, '');
  const user = /\/\/([^:]*):$/.exec(text.slice(keywordAt, start))?.[1] ?? '';
  if (host === '' || EXAMPLE_HOST.test(host) || EVERYDAY.test(secret) || secret === user || isVariable(secret)) return undefined;
  return LOCAL_HOST.test(host) ? { severity: 'low', confidence: 'low' } : {};
};

/** `USER:PASSWORD@`, `:pass_word@`, `$PASS`, `%40s`: a word in one case, or the name of a variable. */
const isVariable = (secret: string): boolean =>
  /^(?:[A-Z_]+|[a-z_-]+|\$\w+|:\w+|%\w|\.+|\*+|\w*(?:pass|PASS|pwd|PWD|secret|SECRET|token|TOKEN)\w*)$/.test(secret);

export const connectionPassword = secretRule({
  id: 'code/connection-password',
  name: 'Password in a connection string',
  noun: 'The password of a database or queue',
  why: 'Whoever reads the address can log in, and read or change what is stored there.',
  rotate: 'Change the password of this user, and give the workload the new one.',
  references: ['https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html'],
  severity: 'high',
  confidence: 'high',
  taxa: ['CWE-798', 'CWE-259', 'ASVS-13.3.1'],
  minEntropy: 1.5,
  anchors: [
    {
      keywords: [
        'postgres://',
        'postgresql://',
        'mysql://',
        'mysql2://',
        'mariadb://',
        'mongodb://',
        'mongodb+srv://',
        'redis://',
        'rediss://',
        'amqp://',
        'amqps://',
        'sqlserver://',
        'mssql://',
        'clickhouse://',
        'cockroachdb://',
        'nats://',
        'postgresql+psycopg2://',
        'postgresql+asyncpg://',
        'mysql+pymysql://',
        'smtp://',
        'smtps://',
        'ldap://',
        'ldaps://',
        'ftp://',
        'sftp://',
      ],
      pattern: /[a-z0-9+]{3,24}:\/\/[^\s:@/"'`<>]{0,64}:(?<secret>[^\s@/"'`<>\\?#]{3,128})(?=@[\w[$-])/i,
    },
  ],
  judge,
  inTests: { severity: 'low', confidence: 'low' },
  examples: {
    fails: [
      { line: 1, text: `DATABASE_URL=postgres://shop:${sample('base62', 14)}@db.shop.internal:5432/orders`, uri: '.env' },
      { line: 1, text: `mongoose.connect('mongodb+srv://app:${sample('base62', 20, 3)}@cluster0.mongo.shop.io/prod')` },
      { line: 1, text: `url: redis://:${sample('base62', 24, 5)}@cache.shop.internal:6379` },
    ],
    passes: [
      'postgres://user:password@localhost:5432/db',
      'postgres://postgres:postgres@db:5432/app',
      `mysql://\${USER}:\${PASSWORD}@\${HOST}/db`,
      'redis://localhost:6379',
      `amqp://app:${sample('base62', 12)}@mq.example.com`,
      'mongodb://<user>:<password>@host/db',
    ],
  },
});

export const urlPassword = secretRule({
  id: 'code/url-password',
  name: 'Password in a web address',
  noun: 'A password in a web address',
  why: 'Whoever reads the address can log in; servers and proxies write it into their logs as well.',
  rotate: 'Change the password or revoke the token, and send it in a header instead.',
  references: ['https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1'],
  severity: 'high',
  confidence: 'medium',
  taxa: ['CWE-798', 'CWE-259', 'ASVS-13.3.1'],
  minEntropy: 2,
  anchors: [
    {
      keywords: ['http://', 'https://', 'git+https://'],
      pattern: /https?:\/\/[^\s:@/"'`<>?#,;()]{1,64}:(?<secret>[^\s@/"'`<>\\?#,;()]{6,128})(?=@[\w[-]{1,100}[.:/\]])/i,
    },
  ],
  judge,
  inTests: { severity: 'low', confidence: 'low' },
  examples: {
    fails: [{ line: 1, text: `git clone https://deploy:${sample('base62', 20)}@git.shop.internal/shop.git` }],
    passes: [
      'https://user:password@example.com/',
      'https://github.com/a/b@1.2.3',
      'https://cdn.shop.io:8443/npm/react@18',
      'http://$USER:$PASS@proxy.shop.internal:3128',
    ],
  },
});
