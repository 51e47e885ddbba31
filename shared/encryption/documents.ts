/** Documents of callers as they are stored: URLs with a query are encrypted, whichever member has them. */
import type { Versioned } from '../storage/conditional-write.ts';
import type { RoutingRuleStore } from '../storage/routing-rules.ts';
import type { SequenceStore } from '../storage/sequences.ts';
import type { Encryption } from './encryption.ts';
import { sealedSchema } from './sealed.ts';

type Row = readonly [kind: 'rule' | 'sequence', id: string];

/** URLs with a query, which may be a key, and texts that look encrypted, so that each of these opens when it is read. */
const isToBeSealed = (text: string) => /^(https?:\/\/[^?#]*\?|enc\.)/i.test(text);

/** A document as it is stored. */
function sealed<T>(encryption: Encryption, document: T, row: Row): Promise<T> {
  return withTexts(document, async (text) => (isToBeSealed(text) ? encryption.seal(text, ['document', ...row]) : text));
}

/** A document as it was before it was stored. */
function opened<T>(encryption: Encryption, document: T, row: Row): Promise<T> {
  return withTexts(document, async (text) => {
    const { success, data } = sealedSchema.safeParse(text);
    return success ? encryption.open(data, ['document', ...row]) : text;
  });
}

async function withTexts<T>(value: T, change: (text: string) => Promise<string>): Promise<T> {
  const changed = async (one: unknown): Promise<unknown> => {
    if (typeof one === 'string') {
      return change(one);
    }
    if (Array.isArray(one)) {
      return Promise.all(one.map(changed));
    }
    if (typeof one === 'object' && one !== null) {
      const members = Object.entries(one).map(async ([name, member]) => [name, await changed(member)] as const);
      return Object.fromEntries(await Promise.all(members));
    }
    return one;
  };
  return (await changed(value)) as T;
}

/** Routing rules whose URLs are encrypted in storage. */
export function sealingRules(store: RoutingRuleStore, encryption: Encryption): RoutingRuleStore {
  const open = <Rule extends { readonly ruleId: string }>(rule: Rule) =>
    opened(encryption, rule, ['rule', rule.ruleId]);
  return {
    ...store,
    put: async (rule, condition) => store.put(await sealed(encryption, rule, ['rule', rule.ruleId]), condition),
    async read(ruleId) {
      const stored = await store.read(ruleId);
      return stored && ({ ...stored, value: await open(stored.value) } satisfies Versioned<unknown>);
    },
    async list(limit, cursor) {
      const page = await store.list(limit, cursor);
      return { ...page, items: await Promise.all(page.items.map(open)) };
    },
    all: async () => Promise.all((await store.all()).map(open)),
  };
}

/** Sequences whose URLs are encrypted in storage. */
export function sealingSequences(store: SequenceStore, encryption: Encryption): SequenceStore {
  const seal = <T>(document: T, id: string) => sealed(encryption, document, ['sequence', id]);
  const open = <T>(document: T, id: string) => opened(encryption, document, ['sequence', id]);
  return {
    ...store,
    async create({ plan, ...stored }, state) {
      const id = plan.sequenceId;
      return store.create({ ...stored, plan: await seal(plan, id) }, await seal(state, id));
    },
    async readPlan(id) {
      const stored = await store.readPlan(id);
      return stored && { ...stored, plan: await open(stored.plan, id) };
    },
    async readState(id) {
      const stored = await store.readState(id);
      return stored && { ...stored, state: await open(stored.state, id) };
    },
    writeState: async (id, { state, etag }) => store.writeState(id, { etag, state: await seal(state, id) }),
  };
}
