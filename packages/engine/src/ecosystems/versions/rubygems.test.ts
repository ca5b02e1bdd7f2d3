import { describeOrdering } from '../../../../../tests/support/orderings.ts';
import { rubygems } from './rubygems.ts';

describeOrdering('RubyGems', rubygems, {
  ascending: [
    ['0.0.0', '0'],
    ['0.0.1.20220404083012'],
    ['0.6.63000'],
    ['0.7.0'],
    ['1.0.0-1', '1.0.0.pre.1', '1-1'],
    ['1.8.2.a'],
    ['1.8.2.a9', '1.8.2.a.9'],
    ['1.8.2.a10'],
    ['1.8.2.b'],
    ['1.8.2.beta'],
    ['1.8.2.beta.1', '1.8.2.beta1', '1.8.2.beta.1.0'],
    ['1.8.2', '1.8.2.0', ' 1.8.2\n'],
    ['1.9.2.99'],
    ['1.9.3.alpha.5'],
    ['1.9.3'],
    ['1.9.3.1'],
    ['1.10'],
    ['5.A'], // capitals are before small letters
    ['5.a', '5.0.0.a'],
    ['5.0.0.rc2'],
    ['5.x'],
    ['5'],
  ],
  unorderable: ['', 'junk', '1.0\n2.0', '1..2', '1.2 3.4', '1.2.', '.1', 'v1.0', '1.0+build', '1.13.3-x86_64-linux', '1-'],
  pieces: ['0', '1', '2', '10', '.', '.', '.', '-', 'a', 'B', 'rc', 'pre', '00'],
});
