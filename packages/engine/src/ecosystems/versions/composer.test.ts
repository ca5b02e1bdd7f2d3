import { describeOrdering } from '../../../../../tests/support/orderings.ts';
import { composer } from './composer.ts';

describeOrdering('Composer', composer, {
  ascending: [
    ['0.1'],
    ['1.0.0-dev', '1.0dev', '1.0.0.0-dev'],
    ['1.0.0-alpha', '1.0a', '1.0.0_ALPHA'],
    ['1.0.0-alpha.1-dev'],
    ['1.0.0-alpha1', '1.0.0alpha.1', '1.0a1', '1.0.0.0-a1'],
    ['1.0.0-alpha3'],
    ['1.0.0-alpha10'],
    ['1.0.0-beta1', '1.0b1', '1.0.0-beta.1', '1.0.0-b-1'],
    ['1.0.0-RC1', '1.0.0rc1', '1.0.0-rc.1'],
    ['1.0.0', '1', 'v1.0', 'V1.0.0.0', '1.0.0-stable', '1.0.0+build.5', '1.0.0@beta', '1.0 as 2.0'],
    ['1.0.0-p1', '1.0.0-patch1', '1.0.0pl1', '1.0.0-PL.1'],
    ['1.0.0-p2'],
    ['1.0.0.1'],
    ['1.0.1'],
    ['1.9'],
    ['1.10'],
    ['10.4.2.1'],
    ['2010.01'],
    ['2010.01.02', '2010.1.2'],
    ['20100102'],
    ['20100102.203040', '20100102-203040'],
  ],
  unorderable: ['', 'dev-master', 'master', 'DEV-feature/x', '2.x-dev', '1.0.x-dev', '1.0.0-foo', '^1.0', '1.0.0.0.0', 'a', '1.0 - 2.0'],
  pieces: ['0', '1', '2', '10', '.', '.', '-', '_', 'v', 'dev', 'alpha', 'b', 'RC', 'p', 'stable', '2010', '01'],
});
