/** The audit trail: who changed, played and was shown what, as pages and as one file of lines. */
import * as z from 'zod';
import type { Invocation } from '../../app.ts';
import { type AuditEntry, auditEntrySchema } from '../../audit/audit-entry.ts';
import { AppError } from '../../errors.ts';
import type { AuditTrail } from '../../storage/audit.ts';
import type { Period } from '../../storage/postings.ts';
import { periodFilters } from '../call-search.ts';
import { defineEndpoint } from '../endpoint.ts';
import { defineList } from '../list-endpoint.ts';
import { fillPage } from '../page.ts';
import { type FileBody, jsonText } from '../reply.ts';

const filters = {
  who: z.string().optional().meta({ description: 'A caller, such as `key:…`' }),
  what: z.string().optional().meta({ description: 'A kind or an `operationId`' }),
  callId: z.uuid().toLowerCase().optional(),
  ...periodFilters('from', 'to'),
};

type Filters = z.output<z.ZodObject<typeof filters>>;

const isWanted = (entry: AuditEntry, { who, what, callId }: Filters): boolean =>
  (who === undefined || entry.who === who) &&
  (what === undefined || entry.what === what || entry.kind === what) &&
  (callId === undefined || entry.about.callId === callId);

const periodOf = ({ from, to }: Filters): Period => ({ after: from, before: to });

export const listAudit = defineList({
  name: 'listAudit',
  summary: 'Who changed, played and was shown what, newest first',
  path: 'audit',
  filters,
  items: auditEntrySchema,
  errors: ['auditOff'],
  roles: ['Admin'],

  async handle(app, { filters: given, limit, position }) {
    const trail = trailOf(app);
    return fillPage(
      (rows, from) => trail.page(periodOf(given), rows, from),
      async (entry) => (isWanted(entry, given) ? entry : undefined),
      limit,
      position,
    );
  },
});

const contentType = 'application/jsonl';

export const exportAudit = defineEndpoint({
  name: 'exportAudit',
  summary: 'The audit trail as one file, an entry a line',
  method: 'GET',
  path: 'audit/export',
  query: filters,
  success: {
    status: 200,
    description: 'The entries, newest first',
    schema: z.custom<FileBody>().meta({ type: 'string' }),
    contentTypes: [contentType],
  },
  errors: ['auditOff'],
  roles: ['Admin'],

  // Where storage is unavailable the response is a 503 and not an empty file.
  async find(app) {
    const trail = trailOf(app);
    await trail.page({}, 1, undefined);
    return trail;
  },

  async handle(app, { query, resource }) {
    return { body: app.paced(lines(resource, query)), headers: { 'content-type': contentType } };
  },
});

const entriesPerRead = 500;

async function* lines(trail: AuditTrail, filter: Filters): FileBody {
  let position: string | undefined;
  do {
    const page = await trail.page(periodOf(filter), entriesPerRead, position);
    const text = page.items
      .filter((entry) => isWanted(entry, filter))
      .map(jsonText)
      .join('');
    // The programming model takes no more of a body after an empty chunk.
    if (text !== '') {
      yield new TextEncoder().encode(text);
    }
    position = page.nextCursor;
  } while (position !== undefined);
}

/** The trail. Throws the 404 of an app that keeps none. */
function trailOf({ audit }: Invocation): AuditTrail {
  if (audit === undefined) {
    throw new AppError('auditOff', 'No audit trail is kept: AUDIT_DAYS is 0.');
  }
  return audit;
}
