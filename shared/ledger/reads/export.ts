/** Reads the whole story of a call, for its export: its timeline with the events as they arrived, and its operations. */
import { type CallRecord, toCall } from '../../calls/call.ts';
import { type CallExport, type People, type StoryEntry, toExport } from '../../calls/export.ts';
import type { Operation } from '../../calls/operation-life/operation-record.ts';
import type { Ledger } from '../ledger.ts';
import { storedOperation } from './operations.ts';

/** Bounds what one request reads; an operation costs two transactions, a page of entries one. */
const mostEntries = 5000;
const mostOperations = 500;
const pageSize = 500;

/** Operations that are read in parallel: few enough that an export does not delay other requests. */
const readTogether = 20;

/** The file of a call. */
export async function readExport(ledger: Pick<Ledger, 'calls'>, call: CallRecord, people: People): Promise<CallExport> {
  const { entries, isCut } = await readStory(ledger, call.callId);
  const requested = entries.flatMap(({ entry: { kind, operationId } }) =>
    kind === 'requested' && operationId !== undefined ? [operationId] : [],
  );
  const operations = await readOperations(ledger, requested.slice(0, mostOperations));
  const isShort = requested.length > mostOperations;
  const { callId, direction, createdAt } = call;
  const shown = toCall(call) ?? { callId, direction, createdAt };
  return toExport({ call: shown, entries, operations, isCut: isCut || isShort }, people);
}

async function readStory({ calls }: Pick<Ledger, 'calls'>, callId: string) {
  const entries: StoryEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await calls.readStory(callId, pageSize, cursor);
    entries.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && entries.length < mostEntries);
  return { entries, isCut: cursor !== undefined };
}

async function readOperations(ledger: Pick<Ledger, 'calls'>, ids: readonly string[]) {
  const found = new Map<string, Operation>();
  for (let first = 0; first < ids.length; first += readTogether) {
    const some = ids.slice(first, first + readTogether);
    for (const operation of await Promise.all(some.map((id) => storedOperation(ledger, id)))) {
      if (operation) {
        found.set(operation.operationId, operation);
      }
    }
  }
  return found;
}
