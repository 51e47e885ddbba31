/** `npm run bicep`. */

import './node-version.js';

await import('./bicep/main.ts');
