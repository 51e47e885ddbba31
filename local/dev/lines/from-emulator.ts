/** Entries of the emulator's wire log in words: who calls whom, deliveries that fail, and injected faults. Pure. */

import { withShortIds } from '../../../shared/calls/timeline-text.ts';
import { objectIn } from './json-line.ts';
import type { Line } from './line.ts';

/** What is read of an entry. Bodies are those that crossed the wire. */
interface Entry {
  readonly at: string;
  readonly kind: string;
  readonly method?: string;
  readonly path?: string;
  readonly body?: unknown;
  readonly event?: string;
  readonly operation?: string;
  readonly url?: string;
  readonly status?: number;
  readonly note?: string;
}

type Body = Readonly<Record<string, unknown>>;

/** An entry of each kind; undefined when there is nothing to print. */
const readers: Readonly<Record<string, (entry: Entry) => Omit<Line, 'at'> | undefined>> = {
  request: ({ method, path, body }) => {
    const isCreateCall = method === 'POST' && path !== undefined && /^\/calling\/callConnections(\?|$)/.test(path);
    return isCreateCall && isBody(body) && Array.isArray(body.targets) ? createCallIn(body) : undefined;
  },
  // An incoming call goes to the function and to a queue; one of the two is enough.
  event: ({ event, url, body }) =>
    event === 'IncomingCall' && url?.includes('?functionName=') ? ringIn(body) : undefined,
  delivery: ({ event, url, status = 0, note }) =>
    note === undefined && status < 400
      ? undefined
      : {
          who: 'ACS',
          what: `cannot deliver ${event ?? 'media'} to ${url}: ${note ?? `answer ${status}`}`,
          tone: 'warning',
        },
  download: ({ url, note }) =>
    note === undefined ? undefined : { who: 'ACS', what: `cannot fetch ${url}: ${note}`, tone: 'warning' },
  fault: ({ operation, event, note }) => ({
    who: 'ACS',
    what: `injected fault: ${operation ?? event} ${note}`,
    tone: 'warning',
  }),
};

/** One line that the emulator printed as JSON; undefined when there is nothing to print. */
export function fromEmulator(text: string): Line | undefined {
  // Other lines say where it listens, which the banner has too.
  const entry = objectIn(text) as Entry | undefined;
  const line = entry && readers[entry.kind]?.(entry);
  return line && { at: entry.at, ...line, what: withShortIds(line.what) };
}

function createCallIn({ targets, sourceCallerIdNumber, operationContext }: Body): Omit<Line, 'at'> {
  const callees = (targets as unknown[]).map(personIn).join(', ');
  const caller = sourceCallerIdNumber === undefined ? 'the app' : personIn(sourceCallerIdNumber);
  return { who: 'app', what: `call ${String(operationContext)}: ${caller} calls ${callees}`, tone: 'plain' };
}

/** The body is one event, or a list of one, by the schema of the subscription. */
function ringIn(body: unknown): Omit<Line, 'at'> | undefined {
  const [event] = Array.isArray(body) ? body : [body];
  if (!isBody(event) || !isBody(event.data)) {
    return undefined;
  }
  const { from, to } = event.data;
  return { who: 'people', what: `${personIn(from)} calls ${personIn(to)}`, tone: 'plain' };
}

/** A communication identifier by its number or raw id. */
function personIn(identifier: unknown): string {
  const { phoneNumber, rawId, value, communicationUser } = isBody(identifier) ? identifier : {};
  const number = isBody(phoneNumber) ? phoneNumber.value : value;
  const user = isBody(communicationUser) ? communicationUser.id : undefined;
  return String(number ?? rawId ?? user ?? 'someone');
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null;
}
