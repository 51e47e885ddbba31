/**
 * What lists of calls are searched by: one table for each list, from which its filters, its index rows, its docs and its tests
 * are derived. Pure.
 */
import * as z from 'zod';
import { type CallRecord, callSchema, callStatuses, incomingCallStatuses, toCall } from './call.ts';
import { endingOf } from './ending.ts';
import { reasonSchema } from './reason.ts';

/** One property by which a list is searched. */
export interface Facet {
  /** The values that a filter may have; people are given by number or raw id. */
  readonly filter: z.ZodType<string> | 'person';
  readonly description: string;
  /** The values of a record, any of which a filter may name. */
  readonly of: (record: CallRecord) => readonly (string | undefined)[];
  /** The value under which the index has that of a filter; the same unless given. */
  readonly indexed?: (value: string) => string;
  /** Also of a record that the list does not have: events of Event Grid find a call that only rang. */
  readonly isOfAny?: true;
}

/** A list of calls. */
export interface CallList {
  /** Whether the list has the record, or may have it without another write of the index. */
  readonly has: (record: CallRecord) => boolean;
  /** The most selective first: of several filters the first one's rows are read, and the others are checked on the calls. */
  readonly facets: Readonly<Record<string, Facet>>;
}

/** The given filters of a list, by the names of its facets. */
export type FacetFilters = Readonly<Record<string, string | undefined>>;

const acsId = z.string().min(1).max(2048);

/** A ringing call becomes stale by time alone, which writes nothing: the rows of one status lead to both. */
const ringingOrStale = (status: string) => (status === 'stale' ? 'ringing' : status);

const caller: Facet = {
  filter: 'person',
  description: 'Who calls: the caller, or the caller id',
  of: ({ from }) => [from],
};

const called: Facet = {
  filter: 'person',
  description: 'Who is called',
  of: ({ to = [] }) => to,
};

const facetsOfCalls = {
  callConnectionId: {
    filter: acsId,
    description: "ACS's id of the connection",
    of: ({ callConnectionId }) => [callConnectionId],
  },
  serverCallId: {
    filter: acsId,
    description: "ACS's id of the call",
    of: ({ serverCallId }) => [serverCallId],
    isOfAny: true,
  },
  correlationId: {
    filter: acsId,
    description: "ACS's id of the call in events and logs",
    of: ({ correlationId }) => [correlationId],
    isOfAny: true,
  },
  participant: {
    filter: 'person',
    description: 'Anyone in the roster',
    of: ({ roster, application, incoming }) =>
      Object.keys(roster).filter((one) => one !== application && one !== incoming?.to),
  },
  from: caller,
  to: called,
  context: {
    filter: z.string().min(1).max(1024),
    description: 'The `context` of the request that made or answered it',
    of: ({ context }) => [context],
  },
  reason: { filter: reasonSchema, description: 'Why it ended', of: (record) => [endingOf(record)?.reason] },
  status: { filter: z.enum(callStatuses), description: 'How far the call is', of: ({ status }) => [status] },
  direction: {
    filter: callSchema.shape.direction,
    description: 'Which way it was made',
    of: ({ direction }) => [direction],
  },
} satisfies Record<string, Facet>;

const facetsOfIncomingCalls = {
  from: caller,
  to: called,
  status: {
    filter: z.enum(incomingCallStatuses),
    description: 'What happened to the call',
    of: ({ incoming }) => [incoming && ringingOrStale(incoming.status)],
    indexed: ringingOrStale,
  },
} satisfies Record<string, Facet>;

/** The names of the facets of each list. */
export interface FacetNames {
  readonly calls: keyof typeof facetsOfCalls;
  readonly incomingCalls: keyof typeof facetsOfIncomingCalls;
}

export type CallListName = keyof FacetNames;

export const callLists: Readonly<Record<CallListName, CallList>> = {
  // One that rings is listed once it is answered, which may be before the index is written again.
  calls: {
    has: (record) => toCall(record) !== undefined || record.incoming?.status === 'ringing',
    facets: facetsOfCalls,
  },
  incomingCalls: { has: ({ incoming }) => incoming !== undefined, facets: facetsOfIncomingCalls },
};

/** One value of one facet of a list, or the whole list: an index row stands for each that a record has. */
export interface Term {
  readonly list: CallListName;
  readonly facet?: string;
  readonly value?: string;
}

/** The terms of a record. */
export function termsOf(record: CallRecord): readonly Term[] {
  return Object.entries(callLists).flatMap(([name, { has, facets }]) => {
    const list = name as CallListName;
    const isListed = has(record);
    const terms = Object.entries(facets)
      .filter(([, { isOfAny }]) => isListed || isOfAny)
      .flatMap(([facet, { of }]) =>
        [...new Set(of(record))].flatMap((value) => (value === undefined ? [] : [{ list, facet, value }])),
      );
    return isListed ? [{ list }, ...terms] : terms;
  });
}

/** Whether two states of a call have the same terms. */
export function haveSameTerms(before: CallRecord, after: CallRecord): boolean {
  return JSON.stringify(termsOf(before)) === JSON.stringify(termsOf(after));
}

/** The term whose rows are read for these filters: that of the most selective one. */
export function termFor(list: CallListName, filters: FacetFilters): Term {
  const [term] = wanted(list, filters);
  return term ?? { list };
}

/** Whether a record has the value of each filter. */
export function matches(list: CallListName, filters: FacetFilters, record: CallRecord): boolean {
  return wanted(list, filters).every(({ facet, value }) => callLists[list].facets[facet]?.of(record).includes(value));
}

/** The terms that a record must have, in the order of the table. */
function wanted(list: CallListName, filters: FacetFilters) {
  return Object.entries(callLists[list].facets).flatMap(([facet, { indexed }]) => {
    const value = filters[facet];
    return value === undefined ? [] : [{ list, facet, value: indexed?.(value) ?? value }];
  });
}
