/** The routing rules as stored: one row a rule, read together, as a team has tens of them. */
import type { RoutingRule } from '../routing/rule.ts';
import { deleteRow, replaceRow, type Versioned, type WriteCondition } from './conditional-write.ts';
import { fromEntity, toEntity, toKey } from './document.ts';
import { readPage } from './page.ts';
import { isRefusal, openTable, type StorageSettings } from './tables.ts';

export type RoutingRuleStore = ReturnType<typeof openRoutingRules>;

const partition = 'rules';
/** The most rows that Table Storage answers at once, less the one by which a page knows that it is not the last. */
const rulesPerTransaction = 999;

/** Opens the rules. Every method is one storage transaction, but for the largest sets of rules. */
export function openRoutingRules(settings: StorageSettings, tablePrefix: string) {
  const table = openTable(settings, `${tablePrefix}routingRules`);

  return {
    /** Creates or replaces a rule; its new ETag. */
    put(rule: RoutingRule, condition?: WriteCondition) {
      return replaceRow(table, toEntity(partition, toKey(rule.ruleId), rule), condition);
    },

    async read(ruleId: string): Promise<Versioned<RoutingRule> | undefined> {
      const entity = await table.run((client) => client.getEntity(partition, toKey(ruleId)));
      return isRefusal(entity) ? undefined : { value: fromEntity<RoutingRule>(entity), etag: entity.etag };
    },

    delete(ruleId: string, condition?: WriteCondition) {
      return deleteRow(table, partition, toKey(ruleId), condition);
    },

    list(limit: number, cursor: string | undefined) {
      return readPage<RoutingRule>(table, partition, '', limit, cursor);
    },

    /** Every rule there is, to route a call by: one transaction for each 999. */
    async all(): Promise<readonly RoutingRule[]> {
      const rules: RoutingRule[] = [];
      let cursor: string | undefined;
      do {
        const page = await readPage<RoutingRule>(table, partition, '', rulesPerTransaction, cursor);
        rules.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      return rules;
    },
  };
}
