#!/usr/bin/env node
// Node 22 and newer keep compiled code between starts; older ones have no such call.
import module from 'node:module';

module.enableCompileCache?.();
await import('../dist/main.js');
