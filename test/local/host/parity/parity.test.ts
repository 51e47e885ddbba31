import { admin } from './admin-rows.ts';
import { eventGrid } from './event-grid-rows.ts';
import { answers, requests, routes } from './http-rows.ts';
import { keys } from './key-rows.ts';
import { parityOf } from './parity.ts';

parityOf({ routes, answers, requests, keys, admin, eventGrid }, 'PARITY_HOST');
