/** `npm run docs`. */

import './node-version.js';

await import('./docs/main.ts');
