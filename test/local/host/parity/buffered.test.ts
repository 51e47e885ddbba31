import { buffered } from './buffered-rows.ts';
import { routes } from './http-rows.ts';
import { parityOf } from './parity.ts';

process.env.PARITY_BUFFERED = 'true';

parityOf({ routes, buffered }, 'PARITY_BUFFERED_HOST');
