import { describe, expect, it } from 'vitest';
import type { Locked } from '../../../../../tests/support/tiny-world.ts';
import { graphOf, n, nameAt, plain } from '../../../../../tests/support/tiny-world.ts';

describe('what closes a site', () => {
  const express: Locked = {
    version: '4.17.1',
    files: { 'index.js': "require('./lib/view')", 'lib/view.js': 'module.exports = (mod) => require(mod)' },
  };

  it('is a model: express loads the engines that the application names', async () => {
    const own = { 'index.js': "const app = require('express')(); app.set('view engine', 'ejs'); res.render('a'); res.render('b.pug')" };
    const graph = await graphOf({ own, packages: { [n('express')]: express, ...plain('ejs', 'pug', 'hbs') } });
    expect([...graph.loaded.keys()].map(nameAt).sort()).toEqual(['ejs', 'express', 'pug']);
    expect(graph.open).toEqual([]);
    expect(graph.relied).toEqual(['express 4.17.1 lib/view.js:1 require(mod): loads the view engine that the application names']);
  });

  it.each(["app.set('view engine', process.env.ENGINE)", 'res.render(req.query.view)', "app.settings['view engine'] = x"])(
    'not when %s',
    async (text) => {
      const graph = await graphOf({
        own: { 'index.js': `const app = require('express')(); ${text}` },
        packages: { [n('express')]: express, ...plain('ejs') },
      });
      expect([...graph.maybe.keys()]).toEqual([n('ejs')]);
    },
  );

  it('not when the file was changed, or the version is another one', async () => {
    const changed = { ...express, files: { 'index.js': 'module.exports = (name) => require(name)' } };
    for (const locked of [changed, { ...express, version: '99.0.0' }]) {
      const graph = await graphOf({ own: { 'index.js': "require('express')" }, packages: { [n('express')]: locked, ...plain('ejs') } });
      expect([...graph.maybe.keys()]).toEqual([n('ejs')]);
    }
  });

  it('is a model that holds while nobody names the property', async () => {
    const lodash: Locked = {
      version: '4.17.11',
      files: {
        'package.json': '{"name":"lodash","version":"4.17.11","main":"lodash.js"}',
        'lodash.js': "Function(importsKeys, sourceURL + 'return ' + source)",
      },
    };
    const packages = { [n('lodash')]: lodash, ...plain('a') };
    expect((await graphOf({ own: { 'index.js': "require('lodash').chunk([])" }, packages })).open).toEqual([]);
    expect((await graphOf({ own: { 'index.js': "require('lodash').template(x)" }, packages })).open).toHaveLength(1);
  });

  it('is a model that holds while no template loads modules', async () => {
    const text = "new ctor(opts.localsName + ', escapeFn, include, rethrow', src); var ctor = Function";
    const ejs: Locked = {
      version: '3.1.6',
      files: { 'package.json': '{"name":"ejs","version":"3.1.6","main":"lib/ejs.js"}', 'lib/ejs.js': text },
    };
    const packages = { [n('ejs')]: ejs, ...plain('a') };
    expect((await graphOf({ own: { 'index.js': "require('ejs')", 'views/x.ejs': '<%= name %>' }, packages })).open).toEqual([]);
    const loads = { 'index.js': "require('ejs')", 'views/x.ejs': "<% process.mainModule.require('a') %>" };
    expect((await graphOf({ own: loads, packages })).open).toHaveLength(1);
  });

  it('is a pin of the team, which is shown; one that fits nothing is said', async () => {
    const pins = [
      { at: 'index.js:1', loads: ['a'], reason: 'names come from the table of channels' },
      { at: 'gone.js:1', loads: [], reason: 'old' },
    ];
    const graph = await graphOf({ own: { 'index.js': 'require(x)' }, packages: plain('a', 'b'), config: { reachability: { pins } } });
    expect([...graph.loaded.keys()]).toEqual([n('a')]);
    expect(graph.maybe.size).toBe(0);
    expect(graph.relied).toEqual(['index.js:1 require(x): pinned: names come from the table of channels']);
    expect(graph.problems.map((problem) => problem.code)).toEqual(['BW3031']);
  });
});
