/** Places and paths in SARIF's form. */
import type { Finding } from '../../finding.ts';
import type { Fix } from '../../fix.ts';
import type { Location } from '../../location.ts';
import type { FlowKind, SarifArtifactLocation, SarifCodeFlow, SarifFix, SarifLocation } from './types.ts';
import { encodePath } from './uri.ts';
import { messageOf } from './words.ts';

export const artifactOf = (uri: string): SarifArtifactLocation => ({ uri: encodePath(uri), uriBaseId: '%SRCROOT%' });

/** A location without a file (a layer, a route) has a logical place only. */
export const locationOf = ({ uri, region, fullyQualifiedName, message }: Location): SarifLocation => ({
  ...(uri === '' ? {} : { physicalLocation: { artifactLocation: artifactOf(uri), ...(region === undefined ? {} : { region }) } }),
  ...(fullyQualifiedName === undefined ? {} : { logicalLocations: [{ fullyQualifiedName }] }),
  ...(message === undefined ? {} : { message: messageOf(message) }),
});

export const codeFlowsOf = (finding: Finding): readonly SarifCodeFlow[] => [
  ...flow('flow', 'How it flows', finding.codeFlow),
  ...flow('reachability', 'How it is reached', finding.properties.reachability?.path),
];

const flow = (kind: FlowKind, title: string, steps: readonly Location[] | undefined): readonly SarifCodeFlow[] =>
  steps === undefined || steps.length === 0
    ? []
    : [
        {
          message: { text: title },
          threadFlows: [{ locations: steps.map((step) => ({ location: locationOf(step) })) }],
          properties: { kind },
        },
      ];

/** Patches only: what is blocked or merely suggested changes no file. */
export const fixesOf = (fixes: readonly Fix[]): readonly SarifFix[] =>
  fixes.flatMap((fix) =>
    fix.kind === 'patch' && fix.edits.length > 0 ? [{ description: messageOf(fix.summary), artifactChanges: changesOf(fix.edits) }] : [],
  );

const changesOf = (edits: Extract<Fix, { kind: 'patch' }>['edits']): SarifFix['artifactChanges'] =>
  [...new Set(edits.map((edit) => edit.uri))].map((uri) => ({
    artifactLocation: artifactOf(uri),
    replacements: edits
      .filter((edit) => edit.uri === uri)
      .map((edit) => ({ deletedRegion: edit.region, insertedContent: { text: edit.insertedContent } })),
  }));
