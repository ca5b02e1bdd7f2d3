/** Infrastructure as code: what Dockerfiles and Terraform would put in place, judged before it is there. */
import type { Control } from '@breakwater/model';
import type { Facts } from '../../../extractors/facts.ts';
import { dockerfileChecks, terraformChecks } from './catalogue.gen.ts';
import { dockerfileFindings, terraformFindings } from './findings.ts';

export const infrastructure: Control<Facts, 'dockerfiles' | 'terraform'> = {
  id: 'deploy/infrastructure',
  rules: [...dockerfileChecks, ...terraformChecks].map((check) => check.rule),
  needs: { network: false, execution: 'none' },
  reads: ['dockerfiles', 'terraform'],
  async *run(facts, target, ctx) {
    for (const dockerfile of facts.dockerfiles) {
      ctx.signal.throwIfAborted();
      for (const check of dockerfileChecks) yield* dockerfileFindings(check, dockerfile, target);
    }
    for (const module of facts.terraform) {
      ctx.signal.throwIfAborted();
      for (const check of terraformChecks) yield* terraformFindings(check, module, target);
    }
  },
};
