/** `npm run host`. */

import './node-version.js';

await import('./host/main.ts');
