/** Names of the language and of Node: what is called there runs no code of the application but what it is given. */

export const NATIVE_GLOBALS: ReadonlySet<string> = new Set([
  'AggregateError',
  'Array',
  'ArrayBuffer',
  'Atomics',
  'BigInt',
  'Boolean',
  'Buffer',
  'DataView',
  'Date',
  'Error',
  'EvalError',
  'Float32Array',
  'Float64Array',
  'Function',
  'Int16Array',
  'Int32Array',
  'Int8Array',
  'Intl',
  'JSON',
  'Map',
  'Math',
  'Number',
  'Object',
  'Promise',
  'Proxy',
  'RangeError',
  'ReferenceError',
  'Reflect',
  'RegExp',
  'Set',
  'SharedArrayBuffer',
  'String',
  'Symbol',
  'SyntaxError',
  'TypeError',
  'URIError',
  'URL',
  'URLSearchParams',
  'Uint16Array',
  'Uint32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'WeakMap',
  'WeakRef',
  'WeakSet',
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
  'console',
  'decodeURI',
  'decodeURIComponent',
  'encodeURI',
  'encodeURIComponent',
  'escape',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'structuredClone',
  'unescape',
]);

/** Methods of the language and of Node's own classes that call what they are given, or keep it for later. */
export const NATIVE_METHODS: ReadonlySet<string> = new Set([
  ...['forEach', 'map', 'filter', 'reduce', 'reduceRight', 'some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex'],
  ...['flatMap', 'sort', 'toSorted', 'from', 'replace', 'replaceAll', 'push', 'unshift', 'splice', 'fill', 'concat', 'slice'],
  ...['pop', 'shift', 'at', 'values', 'entries', 'keys', 'next', 'flat', 'reverse'],
  ...['then', 'catch', 'finally', 'all', 'race', 'allSettled', 'any'],
  ...['on', 'once', 'addListener', 'prependListener', 'prependOnceListener', 'off', 'removeListener', 'addEventListener', 'emit'],
  ...['nextTick', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'listen', 'close', 'end', 'write', 'pipe', 'pipeline'],
  ...['createServer', 'request', 'get', 'set', 'add', 'has', 'delete', 'run', 'defineProperty', 'runInAsyncScope', 'bind'],
]);

/** Methods that put their arguments into the list, map or set. */
export const ADDS_ELEMENTS: ReadonlySet<string> = new Set(['push', 'unshift', 'splice', 'fill', 'concat', 'set', 'add']);

/** Called by the language or by Node on any object that has them: conversions, iteration, awaiting, streams, comparison of dates. */
export const CALLED_BY_NODE: ReadonlySet<string> = new Set([
  ...['toString', 'valueOf', 'toJSON', 'toLocaleString', 'inspect', 'then', 'next', 'return'],
  ...['_read', '_write', '_writev', '_transform', '_flush', '_final', '_destroy', '_construct', 'handleEvent'],
]);

/** What these are given they look at, keep or show; they call nothing of it. */
export const INERT_GLOBALS: ReadonlySet<string> = new Set([
  ...['Object', 'JSON', 'console', 'Math', 'Number', 'String', 'Symbol', 'Boolean', 'BigInt', 'Date', 'RegExp', 'Buffer'],
  ...['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError', 'AggregateError'],
]);
export const INERT_METHODS: ReadonlySet<string> = new Set([
  ...['inherits', 'inspect', 'format', 'isArray', 'deprecate', 'promisify', 'callbackify'],
  ...['concat', 'push', 'unshift', 'splice', 'fill', 'slice', 'indexOf', 'lastIndexOf', 'includes', 'join', 'add', 'has', 'set'],
]);

/** Helpers of compilers that hand on a module, itself or as `default` of a wrapper. */
export const INTEROP =
  /^_*(?:interop_?require_?(?:default|wildcard)?|interop_?default|interop_?namespace|import_?default|import_?star|toESM|toCommonJS|toModule|getDefaultExport.*)\d*$/i;
/** Helpers of compilers that give a class its members. */
export const CREATE_CLASS = /^_*create_?class\d*$/i;
/** Helpers of compilers that copy the exports of one module to another: `__exportStar(require('x'), exports)`. */
export const EXPORT_STAR = /^_*(?:exportStar|reExport|createBinding|copyProps)\d*$/;
