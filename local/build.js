/** `npm run build`. */

import './node-version.js';

await import('./build/main.ts');
