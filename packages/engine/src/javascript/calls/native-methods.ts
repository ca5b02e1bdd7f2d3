/** Names of methods that objects of the language and of Node have (Node 20): a call of one says little about who is called. */
const NAMES =
  '__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ _addHeaderLine _addHeaderLineDistinct _addHeaderLines ' +
  '_addHistory _cacheSession _checkModeProperty _construct _deferToConnect _deleteLeft _deleteLineLeft _deleteLineRight ' +
  '_deleteRight _deleteWordLeft _deleteWordRight _destroy _destroySSL _dump _emitCloseIfDrained _emitTLSError _enable _evictSession ' +
  '_final _finish _finishInit _flush _flushOutput _getCursorPos _getDisplayPos _getServerData _getSession _getpeername _getsockname ' +
  '_handleTimeout _healthCheck _historyNext _historyPrev _implicitHeader _init _insertString _line _listen2 _moveCursor ' +
  '_normalWrite _onLine _onTimeout _propagate _read _refreshLine _releaseControl _renderHeaders _reset _send _setRawMode ' +
  '_setServerData _setupWorker _start _stopReceiving _storeHeader _tabComplete _tlsError _transform _ttyWrite _undestroy ' +
  '_unrefTimer _wordLeft _wordRight _wrapHandle _write _writeGeneric _writeRaw _writeToOutput _writev abort add addAddress ' +
  'addContext addEventListener addListener addMembership addRange addRequest addSourceSpecificMembership addSubnet addTrailers ' +
  'address anchor append appendHeader apply arrayBuffer asIndexedPairs asciiSlice asciiWrite assignSocket asyncId at base64Slice ' +
  'base64Write base64urlSlice base64urlWrite big bind blink blob bold bytes call cancel catch charAt charCodeAt check checkEmail ' +
  'checkHost checkIP checkIssued checkPrivateKey clear clearMarks clearMeasures clearResourceTimings clearTimeout clone close ' +
  'closeAllConnections closeIdleConnections closeSync codePointAt compare compile compose composedPath computeSecret concat connect ' +
  'copy copyWithin cork createConnection createPushResponse createSocket decode decrypt delete deref deriveBits deriveKey destroy ' +
  'destroySoon detachSocket digest disable disableRenegotiation disconnect dispatchEvent drop dropMembership ' +
  'dropSourceSpecificMembership emit emitDestroy enableTrace encode encodeInto encrypt end endsWith enqueue enterWith entries ' +
  'equals error eventLoopUtilization eventNames every exec exit exportChallenge exportKey exportKeyingMaterial exportPublicKey fill ' +
  'filter final finally find findIndex findLast findLastIndex fixed flat flatMap flushHeaders fontcolor fontsize forEach formData ' +
  'format generateKey generateKeys get getAll getAuthTag getBigInt64 getBigUint64 getCertificate getCipher getConnections getDate ' +
  'getDay getEntries getEntriesByName getEntriesByType getEphemeralKeyInfo getFinished getFloat32 getFloat64 getFullYear ' +
  'getGenerator getHeader getHeaderNames getHeaders getHeapSnapshot getHours getInt16 getInt32 getInt8 getMaxListeners ' +
  'getMilliseconds getMinutes getMonth getName getPeerCertificate getPeerFinished getPeerX509Certificate getPrime getPrivateKey ' +
  'getProtocol getPublicKey getRandomValues getRawHeaderNames getReader getRecvBufferSize getSeconds getSendBufferSize ' +
  'getSendQueueCount getSendQueueSize getSession getSetCookie getSharedSigalgs getStore getTLSTicket getTicketKeys getTime ' +
  'getTimezoneOffset getUTCDate getUTCDay getUTCFullYear getUTCHours getUTCMilliseconds getUTCMinutes getUTCMonth getUTCSeconds ' +
  'getUint16 getUint32 getUint8 getWriter getX509Certificate getYear grow has hasHeader hasOwnProperty hasRef hexSlice hexWrite ' +
  'importKey includes indexOf initEvent inspect isBlockDevice isCharacterDevice isDirectory isFIFO isFile isPaused isPrototypeOf ' +
  'isSessionReused isSocket isSymbolicLink isWellFormed italics iterator join json keepSocketAlive keys kill lastIndexOf ' +
  'latin1Slice latin1Write link listen listenerCount listeners localeCompare map mark markResourceTiming match matchAll measure ' +
  'normalize now observe off on onSocket once open padEnd padStart parse parseHost pause pipe pipeThrough pipeTo pop postMessage ' +
  'prependListener prependOnceListener preventDefault processReadResult propertyIsEnumerable push question randomUUID rawListeners ' +
  'read readBigInt64BE readBigInt64LE readBigUInt64BE readBigUInt64LE readBigUint64BE readBigUint64LE readDoubleBE readDoubleLE ' +
  'readFloatBE readFloatLE readInt16BE readInt16LE readInt32BE readInt32LE readInt8 readIntBE readIntLE readSync readSyncRecursive ' +
  'readUInt16BE readUInt16LE readUInt32BE readUInt32LE readUInt8 readUIntBE readUIntLE readUint16BE readUint16LE readUint32BE ' +
  'readUint32LE readUint8 readUintBE readUintLE reduce reduceRight ref register releaseLock remoteAddress removeAllListeners ' +
  'removeEventListener removeHeader removeListener removeSocket renegotiate repeat replace replaceAll resetAndDestroy resize ' +
  'resolve resolveObject respond respondWithNewView resume reuseSocket reverse run runInAsyncScope runInContext runInNewContext ' +
  'runInThisContext search send sendto set setAAD setAuthTag setAutoPadding setBigInt64 setBigUint64 setBroadcast setDate ' +
  'setDefaultEncoding setEncoding setFloat32 setFloat64 setFullYear setHeader setHeaders setHours setInt16 setInt32 setInt8 ' +
  'setKeepAlive setKeyCert setMaxListeners setMaxSendFragment setMilliseconds setMinutes setMonth setMulticastInterface ' +
  'setMulticastLoopback setMulticastTTL setNoDelay setOptions setPrivateKey setPublicKey setRecvBufferSize ' +
  'setResourceTimingBufferSize setSeconds setSecureContext setSendBufferSize setServername setSession setSocketKeepAlive setTTL ' +
  'setTicketKeys setTime setTimeout setTrailer setUTCDate setUTCFullYear setUTCHours setUTCMilliseconds setUTCMinutes setUTCMonth ' +
  'setUTCSeconds setUint16 setUint32 setUint8 setYear shift sign slice small some sort spawn splice split start startsWith ' +
  'stopImmediatePropagation stopPropagation stream strike sub subarray substr substring sup swap16 swap32 swap64 take takeRecords ' +
  'tee terminate test text then throwIfAborted timerify toArray toDateString toExponential toFixed toGMTString toISOString toJSON ' +
  'toLegacyObject toLocaleDateString toLocaleLowerCase toLocaleString toLocaleTimeString toLocaleUpperCase toLowerCase toPrecision ' +
  'toReversed toSorted toSpliced toString toTimeString toUTCString toUpperCase toWellFormed triggerAsyncId trim trimEnd trimLeft ' +
  'trimRight trimStart ucs2Slice ucs2Write uncork unpipe unref unregister unshift unwrapKey update utf8Slice utf8Write valueOf ' +
  'values verify verifySpkac with wrap wrapKey write writeBigInt64BE writeBigInt64LE writeBigUInt64BE writeBigUInt64LE ' +
  'writeBigUint64BE writeBigUint64LE writeContinue writeDoubleBE writeDoubleLE writeEarlyHints writeFloatBE writeFloatLE writeHead ' +
  'writeHeader writeInt16BE writeInt16LE writeInt32BE writeInt32LE writeInt8 writeIntBE writeIntLE writeProcessing writeUInt16BE ' +
  'writeUInt16LE writeUInt32BE writeUInt32LE writeUInt8 writeUIntBE writeUIntLE writeUint16BE writeUint16LE writeUint32BE ' +
  'writeUint32LE writeUint8 writeUintBE writeUintLE';

export const METHODS_OF_NODE: ReadonlySet<string> = new Set(NAMES.split(' '));
