import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startedBy } from './commands.ts';
import { commandsIn } from './shell.ts';

describe('shell words', () => {
  it('splits commands and takes quotes off', () => {
    expect(commandsIn('a=1 node "x y.js" && b; (c | d)\ne \\\nf')).toEqual([['a=1', 'node', 'x y.js'], ['b'], ['c'], ['d'], ['e', 'f']]);
  });

  it('gives back plain words as they were', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abc./-_=@:,'), minLength: 1 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
        expect(commandsIn(words.join(' '))).toEqual([words]);
      }),
    );
  });

  it('never throws and never makes letters up', () => {
    fc.assert(
      fc.property(fc.string(), (text) =>
        commandsIn(text)
          .flat()
          .every((word) => [...word].every((letter) => text.includes(letter))),
      ),
    );
  });
});

describe('what a command starts', () => {
  const scripts = { start: 'node server.js', 'start:api': 'node api.js', prestart: 'node before.js' };
  it.each([
    ['node server.js --port 1', ['server.js']],
    ['NODE_ENV=production node --max-old-space-size=1 -r dotenv/config dist/main.js', ['dist/main.js']],
    ['cross-env A=1 ts-node -P tsconfig.json src/main.ts', ['src/main.ts']],
    ['dumb-init -- node x.js', ['x.js']],
    ['sh -c "node x.js"', ['x.js']],
    ['npm start', ['before.js', 'server.js']],
    ['bun run start', ['before.js', 'server.js']],
    ['npm run build && npm run start:api', ['api.js']],
    ['concurrently "node a.js" "npm run start:api"', ['a.js', 'api.js']],
    ["run-p 'start:*'", ['api.js']],
    ['nodemon --exec "ts-node src/x.ts"', ['src/x.ts']],
    ['pm2-runtime start app.js --name web', ['start']],
    ['next start', []],
  ])('%s', (line, expected) => {
    expect(startedBy(line, scripts).scripts.map((words) => words[0])).toEqual(expected);
  });

  it('sees preloads, code, programs and shell scripts', () => {
    const started = startedBy("NODE_OPTIONS='--require ./a.js' node --import=./b.mjs c.js; node -e 'x()' y.js; next start; ./run.sh", {});
    expect(started.preloads).toEqual(['./a.js', './b.mjs']);
    expect(started.code).toEqual(['x()']);
    expect(started.programs).toEqual([{ name: 'next', args: ['start'] }]);
    expect(started.shells).toEqual(['./run.sh']);
  });

  it('ends when scripts call one another', () => {
    expect(startedBy('npm run a', { a: 'npm run b', b: 'npm run a && node x.js' }).scripts).toEqual([['x.js']]);
  });
});
