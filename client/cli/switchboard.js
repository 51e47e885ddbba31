#!/usr/bin/env node
/** The command `switchboard`. */

await import('./main.ts');
