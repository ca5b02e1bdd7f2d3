/** One question to a server: limits in time, redirects under our rules, no agent that keeps connections. */
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import http from 'node:http';
import https from 'node:https';
import { VERSION } from '../../lib/version.ts';
import { redirectTarget } from './address.ts';
import { Failure } from './failure.ts';
import type { Environment } from './proxy.ts';
import { proxyFor, throughHttpProxy, tunnel } from './proxy.ts';

export interface Patience {
  /** Until the connection stands and the answer begins. */
  readonly connectMs: number;
  /** Without a byte. */
  readonly idleMs: number;
}
export const PATIENCE: Patience = { connectMs: 20_000, idleMs: 30_000 };

export interface Way {
  readonly patience: Patience;
  readonly environment: Environment;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** To be read or destroyed. */
  readonly body: IncomingMessage;
}

const REDIRECTS = 5;
const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

interface Route {
  readonly options: RequestOptions;
  readonly headers?: Readonly<Record<string, string>>;
}

const routeTo = async (url: URL, { patience, environment, signal }: Way): Promise<Route> => {
  const proxy = proxyFor(url, environment);
  if (proxy === undefined) return { options: { agent: false } };
  if (url.protocol === 'http:') {
    const { headers, ...options } = throughHttpProxy(url, proxy);
    return { options: { ...options, agent: false }, headers };
  }
  const socket = await tunnel(url, proxy, patience.connectMs, signal);
  // only without any agent does Node use the connection given
  return { options: { createConnection: () => socket } };
};

const ask = async (url: URL, asked: Readonly<Record<string, string>>, way: Way): Promise<Answer> => {
  const route = await routeTo(url, way);
  const headers = { 'user-agent': `breakwater/${VERSION}`, accept: '*/*', 'accept-encoding': 'identity', ...asked, ...route.headers };
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const sent = request(url, { ...route.options, signal: way.signal, headers });
    const timer = setTimeout(() => sent.destroy(new Failure('the host does not answer', true)), way.patience.connectMs);
    sent.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sent.once('response', (body) => {
      clearTimeout(timer);
      resolve({ status: body.statusCode ?? 0, headers: body.headers, body });
    });
    sent.end();
  });
};

/** The first answer that is no redirect. Throws a Failure, what Node throws, or the signal's reason. */
export const exchange = async (url: URL, headers: Readonly<Record<string, string>>, way: Way, left = REDIRECTS): Promise<Answer> => {
  const answer = await ask(url, headers, way);
  if (!isRedirect(answer.status)) return answer;
  answer.body.destroy();
  if (left === 0) throw new Failure('it redirects in circles', false);
  return exchange(redirectTarget(url, answer.headers.location), headers, way, left - 1);
};
