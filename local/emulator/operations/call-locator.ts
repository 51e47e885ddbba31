/** Call locators: how requests name a call that exists, by its server call id, its group or its room. */

import * as z from 'zod';
import { anyCase } from '../http/body-fields.ts';

const PROPERTY_OF_KIND = {
  serverCallLocator: 'serverCallId',
  groupCallLocator: 'groupCallId',
  roomCallLocator: 'roomId',
} as const;

/** Exactly one of the ids, and the one that `kind` requires if there is a kind. */
export const callLocator = z
  .object({
    kind: anyCase(['serverCallLocator', 'groupCallLocator', 'roomCallLocator']).optional(),
    serverCallId: z.string().min(1).optional(),
    groupCallId: z.string().min(1).optional(),
    roomId: z.string().min(1).optional(),
  })
  .superRefine((written, context) => {
    const named = Object.values(PROPERTY_OF_KIND).filter((name) => written[name] !== undefined);
    if (named.length !== 1) {
      context.addIssue('needs exactly one of serverCallId, groupCallId, roomId');
    }
    const wanted = written.kind && PROPERTY_OF_KIND[written.kind];
    if (wanted !== undefined && written[wanted] === undefined) {
      context.addIssue(`kind ${written.kind} needs ${wanted}`);
    }
  });
