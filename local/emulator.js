#!/usr/bin/env node
/** The command `acs-emulator`. */

import './node-version.js';

await import('./emulator/main.ts');
