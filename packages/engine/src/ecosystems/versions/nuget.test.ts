import { describeOrdering } from '../../../../../tests/support/orderings.ts';
import { nuget } from './nuget.ts';

describeOrdering('NuGet', nuget, {
  ascending: [
    ['0.0.0'],
    ['1.0.0-alpha', '1.0.0-ALPHA', '1-Alpha', '1.0.0.0-alpha', '1.0.0-alpha+build'],
    ['1.0.0-alpha.1', '1.0.0-alpha.01'],
    ['1.0.0-alpha.2'],
    ['1.0.0-alpha.11'],
    ['1.0.0-alpha.beta'],
    ['1.0.0-alpha-2'],
    ['1.0.0-beta10'],
    ['1.0.0-beta2'], // one label: text
    ['1.0.0-rc.1'],
    ['1.0.0', '1', '1.0', '1.0.0.0', '01.00', '1.0.0+metadata', ' 1.0 '],
    ['1.0.0.1-rc'],
    ['1.0.0.1'],
    ['1.0.1-aaa'],
    ['1.0.1-open'],
    ['1.0.1-zzz'],
    ['1.0.1'],
    ['1.9.0.3'],
    ['1.10.0'],
    ['2.0'],
  ],
  unorderable: ['', '1.0.0.0.0', '1.*', '[1.0,2.0)', '1.0-', '1.0.', 'a.b', '1.0-a..b', '1.0 beta', '-1.0'],
  pieces: ['0', '1', '2', '10', '.', '.', '-', '+', 'alpha', 'Beta', 'rc', '01'],
});
