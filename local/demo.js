/** `npm run demo`. */

import './node-version.js';

await import('./demo/main.ts');
