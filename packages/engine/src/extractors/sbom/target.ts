/** An SBOM file as the whole target: its graphs, and what of it no advisory can be matched with. */
import { BreakwaterError } from '@breakwater/model';
import { ManifestError } from '../dependencies/manifest-error.ts';
import { brokenManifest, leftProblems } from '../dependencies/problems.ts';
import type { DependencyGraph } from '../facts.ts';
import type { Reading, ReadProblem } from '../reading.ts';
import { graphsOfBom } from './bom.ts';
import { LARGEST } from './json.ts';
import { readSbom } from './read.ts';

const REMAKE = 'Make the SBOM again; CycloneDX in JSON or XML and SPDX 2.2 or 2.3 in JSON are read';

/** A bill of half a tree must not turn into a pass of the whole. */
const partialBill = (uri: string): ReadProblem => ({
  code: 'BW3017',
  uri,
  message: `${uri} says of itself that it does not hold everything: its maker could not read all of the tree`,
  hint: 'Scan the tree to see what was not read, and make the bill again',
  incomplete: true,
});

/** Throws BreakwaterError when the file cannot be read at all; problems: BW3010 not an SBOM, BW3013 components without a package URL. */
export const readSbomTarget = async (reading: Reading): Promise<readonly DependencyGraph[]> => {
  const uri = reading.files[0]?.uri ?? '';
  try {
    const { bom, left } = readSbom(await reading.readText(uri, LARGEST), uri);
    const unmatched = left.map(({ name, why }) => ({ name, line: 1, origin: 'unresolved' as const, why }));
    for (const problem of leftProblems([{ uri, left: unmatched }], {
      remake: 'Check these by hand, or make the SBOM with package URLs',
      unresolvedIs: 'note',
    }))
      reading.problem(problem);
    const graphs = graphsOfBom(bom);
    if (bom.incomplete) reading.problem(partialBill(uri));
    const count = graphs.reduce((sum, graph) => sum + graph.packages.length, 0);
    reading.looked(`${new Intl.NumberFormat('en-US').format(count)} ${count === 1 ? 'package' : 'packages'}`);
    return graphs;
  } catch (error) {
    if (error instanceof ManifestError) reading.problem(brokenManifest(uri, error, REMAKE));
    else if (error instanceof BreakwaterError)
      reading.problem({ code: error.code, uri, message: error.message, hint: error.hint, incomplete: true });
    else throw error;
    return [];
  }
};
