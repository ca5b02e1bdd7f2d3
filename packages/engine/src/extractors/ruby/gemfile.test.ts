import { describe, expect, it } from 'vitest';
import { groupsOf, isForDevelopment } from './gemfile.ts';

const excluded = (gemfile: string): readonly string[] => {
  const groups = groupsOf(gemfile);
  return [...groups.keys()].filter((name) => isForDevelopment(name, groups));
};

describe('groups of a Gemfile', () => {
  it.each([
    ['a block', "group :test do\n gem 'a'\nend\ngem 'b'", ['a']],
    ['a block in brackets', "group(:development, :test) do\n gem('a', '~> 1')\nend", ['a']],
    ['an optional block', "group :development, optional: true do\n gem 'a'\nend", ['a']],
    ['an option', 'gem "a", group: :test\ngem "b", group: :ci', ['a']],
    ['a list of groups', 'gem "a", "~> 1",\n  groups: [:development, :test],\n  require: false', ['a']],
    ['the old way', "gem 'a', :group => [:test, 'development']", ['a']],
    ['blocks in the block', "group :test do\n platforms :mri do\n  gem 'a'\n end\n if ENV['X']\n  gem 'b'\n end\nend\ngem 'c'", ['a', 'b']],
    ['a comment', "group :test do # gem 'x' do\n # end\n gem 'a' # \"\nend\n=begin\ngroup :test do\n=end\ngem 'b'", ['a']],
    ['a hash sign in quotes', "group :test do\n gem 'a', require: '#'\nend", ['a']],
    ['what stands behind the end', "group :test do\n gem 'a'\nend\n__END__\ngroup :test do", ['a']],
  ])('%s', (_what, gemfile, names) => expect(excluded(gemfile)).toEqual(names));

  it.each([
    ['also in another group', "gem 'a', group: :test\ngem 'a'"],
    ['a group of another name', "group :test, :ci do\n gem 'a'\nend"],
    ['a group that is code', "group(*GROUPS) do\n gem 'a'\nend\ngem 'b', group: X"],
    ['a list over several lines', "gem 'a', groups: [\n :test\n]"],
    ['a block on one line', "group :test do gem 'a' end"],
    ['a block that never ends', "group :test do\n gem 'a'"],
    ['an end too many', "group :test do\n gem 'a'\nend\nend"],
    ['a text of its own kind', "X = <<~END\ngroup :test do\nEND\ngem 'a'\nend"],
    ['a name that is code', 'group :test do\n gem name\nend'],
  ])('requires: %s', (_what, gemfile) => expect(excluded(gemfile)).toEqual([]));

  it.each(['group ', 'group :a do\n', 'gem "', 'gem "a", group: [', '#', '"', 'a,\n', 'do |', 'end\n', 'group: ', ' '])(
    'a megabyte of %j',
    (unit) => {
      expect(excluded(unit.repeat(1_000_000 / unit.length))).toEqual([]);
      expect(excluded(`gem "a", ${unit.repeat(1_000_000 / unit.length)}`)).toEqual([]);
    },
  );
});
