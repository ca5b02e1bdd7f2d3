/** A load balancer serves unencrypted HTTP. */
import type { TerraformModule, TerraformResource } from '../../../../extractors/facts.ts';
import { check } from '../../../check.ts';
import { hitAt, lacks, openAt } from '../resource/hit.ts';
import { addressIn, ofType } from '../resource/select.ts';
import { attributeOf, nestedOf, textOf, underPath } from '../resource/values.ts';

export const listenerPlainHttp = check<TerraformModule>({
  rule: {
    id: 'deploy/listener-plain-http',
    name: 'The load balancer serves plain HTTP',
    help: {
      why: 'Sessions and data can be read and changed on the way.',
      fix: 'Answer on port 80 with a redirect to HTTPS only, and serve on 443 with a certificate.',
      references: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html'],
    },
    severity: 'high',
    confidence: 'medium',
    taxa: ['CWE-319'],
    aliases: ['CKV_AWS_2', 'AVD-AWS-0054'],
  },
  examples: {
    fails: [
      {
        line: 3,
        text: 'resource "aws_lb_listener" "a" {\n  port     = 80\n  protocol = "HTTP"\n  default_action {\n    type = "forward"\n  }\n}',
      },
      { line: 1, text: 'resource "aws_alb_listener" "a" {\n  load_balancer_arn = "x"\n  default_action {\n    type = "forward"\n  }\n}' },
    ],
    passes: [
      'resource "aws_lb_listener" "a" {\n  protocol = "HTTPS"\n}',
      'resource "aws_lb_listener" "a" {\n  protocol = "TCP"\n}',
      'resource "aws_lb_listener" "a" {\n  protocol = "HTTP"\n  default_action {\n    type = "redirect"\n    redirect {\n      protocol = "HTTPS"\n      port     = "443"\n    }\n  }\n}',
      'resource "aws_lb_listener" "a" {\n  load_balancer_arn = aws_lb.gateway.arn\n}\nresource "aws_lb" "gateway" {\n  load_balancer_type = "gateway"\n}',
    ],
  },
  *find(module) {
    const balancers = new Map(ofType(module, 'aws_lb', 'aws_alb').map((balancer) => [balancer.address, balancer]));
    for (const listener of ofType(module, 'aws_lb_listener', 'aws_alb_listener')) {
      const message = `What browsers send through ${listener.name} can be read on the way: it serves plain HTTP`;
      const balancer = balancers.get(addressIn(attributeOf(listener.block, 'load_balancer_arn')) ?? '');
      const protocol = attributeOf(listener.block, 'protocol');
      const word = textOf(protocol)?.toUpperCase();
      if (redirects(listener) || /^(gateway|network)$/.test(textOf(attributeOf(balancer?.block, 'load_balancer_type')) ?? '')) continue;
      if (protocol === undefined) yield* textOf(attributeOf(listener.block, 'port')) === '443' ? [] : [lacks(listener, message)];
      else if (word === undefined) yield openAt(listener, protocol, 'protocol', message);
      else if (word === 'HTTP') yield hitAt(listener, protocol.region, message);
    }
  },
});

/** Without a protocol the redirect keeps the one it came with. */
const redirects = (listener: TerraformResource): boolean =>
  nestedOf(listener.block, 'default_action').some(
    (action) => textOf(attributeOf(action, 'type')) === 'redirect' && textOf(underPath(action, ['redirect', 'protocol'])) === 'HTTPS',
  );
