import { describeOrdering } from '../../../../../tests/support/orderings.ts';
import { semver } from './semver.ts';

describeOrdering('semver', semver, {
  ascending: [
    ['0.0.0-20180101000000-0123456789ab'], // Go's pseudo-versions, by the time of their commit
    ['v0.0.0-20190308221718-c2843e01d9a2', '0.0.0-20190308221718-c2843e01d9a2'],
    ['v0.0.0-20190308221718-d2843e01d9a2'],
    ['0.0.0'],
    ['0.9.9'],
    ['1.0.0-0.3.7'],
    ['1.0.0-alpha', '1.0.0-alpha+001', 'v1.0.0-alpha', '1-alpha', '1.0-alpha'],
    ['1.0.0-alpha.1'],
    ['1.0.0-alpha.beta'],
    ['1.0.0-beta', '1.0.0beta'],
    ['1.0.0-beta.2'],
    ['1.0.0-beta.11'],
    ['1.0.0-rc.1'],
    ['1.0.0', '1', 'v1', '1.0', 'v1.0', '1.0.0+20130313144700', '1.0+x'],
    ['1.2.3-0.20200101000000-abcdefabcdef'], // a pseudo-version is before the release that it may become
    ['1.2.3'],
    ['1.2.4-0.20200101000000-abcdefabcdef'],
    ['1.20.0-rc.2', '1.20rc2', 'go1.20rc2'],
    ['1.20.0', 'go1.20'],
    ['1.20.3', 'go1.20.3'],
    ['2.0.0', 'v2.0.0+incompatible'],
    ['2.1.0'],
    ['2.1.1'],
    ['10.0.0'],
  ],
  unorderable: ['', 'latest', '1.2.3.4', '1.x', '*', '^1.0.0', 'v', 'go', '99999999999999999999.0.0', 'a1b2c3d', '1.0.0-a..b', 'gopher1.2'],
  pieces: ['0', '1', '2', '10', '.', '.', '-', '+', 'v', 'go', 'rc', 'alpha', '1.0.0-', 'x'],
});
