/** HTTP_PROXY, HTTPS_PROXY and NO_PROXY as other tools read them; Node 20 does not do it by itself. */
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import { parseUrl } from './address.ts';
import { Failure } from './failure.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const portOf = (url: URL): string => (url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port);

const matches = (url: URL, entry: string): boolean => {
  const [, host = '', port] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  if (port !== undefined && port !== portOf(url)) return false;
  return url.hostname === host || url.hostname.endsWith(`.${host}`);
};

const isExempt = (url: URL, environment: Environment): boolean => {
  const entries = (environment['no_proxy'] ?? environment['NO_PROXY'] ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  return entries.some((entry) => entry === '*' || matches(url, entry));
};

/** `undefined` = straight to the host. Throws a Failure when what is set is no proxy that we can use. */
export const proxyFor = (url: URL, environment: Environment): URL | undefined => {
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const set = environment[name] ?? environment[name.toUpperCase()] ?? environment['all_proxy'] ?? environment['ALL_PROXY'] ?? '';
  if (set === '' || isExempt(url, environment)) return undefined;
  const proxy = parseUrl(set.includes('://') ? set : `http://${set}`);
  if (proxy?.protocol !== 'http:') throw new Failure(`only a proxy that speaks http is supported, see ${name.toUpperCase()}`, false);
  return proxy;
};

const authorization = (proxy: URL): Record<string, string> =>
  proxy.username === ''
    ? {}
    : {
        'proxy-authorization': `Basic ${Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`).toString('base64')}`,
      };

/** IPv6 addresses stand in brackets in a URL, and without in a call. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** For http the proxy gets the whole address. */
export const throughHttpProxy = (url: URL, proxy: URL) => ({
  host: hostOf(proxy),
  hostname: hostOf(proxy),
  port: portOf(proxy),
  path: `http://${url.host}${url.pathname}${url.search}`,
  headers: { host: url.host, ...authorization(proxy) },
});

/** For https the proxy only passes bytes on: the certificate checked is that of the host. */
export const tunnel = (url: URL, proxy: URL, connectMs: number, signal: AbortSignal): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const target = `${url.hostname}:${portOf(url)}`;
    const headers = { host: target, ...authorization(proxy) };
    const asked = request({ host: hostOf(proxy), port: portOf(proxy), method: 'CONNECT', path: target, headers, agent: false, signal });
    const timer = setTimeout(() => asked.destroy(new Failure('the proxy does not answer', true)), connectMs);
    asked.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    asked.once('connect', (answer: IncomingMessage, socket: Socket) => {
      clearTimeout(timer);
      if (answer.statusCode === 200) return resolve(connect({ socket, servername: hostOf(url) }));
      socket.destroy();
      reject(new Failure(`the proxy answers ${answer.statusCode ?? 0}`, false));
    });
    asked.end();
  });
