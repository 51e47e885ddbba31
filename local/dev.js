/** `npm run dev`. */

import './node-version.js';

await import('./dev/main.ts');
