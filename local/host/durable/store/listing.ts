/** Which instances there are, running and ended: for people, and read only when they ask. */

import type { TableClient } from '@azure/data-tables';
import type { Instance } from '../instance.ts';
import type { LargeValues } from './large-values.ts';
import { type Columns, idInKey, instanceIn } from './rows.ts';

/** All of it must be true; no statuses are any. */
export interface InstanceFilter {
  readonly createdFrom?: Date | undefined;
  readonly createdTo?: Date | undefined;
  readonly statuses: readonly string[];
  readonly idPrefix?: string;
}

export interface InstancePage {
  readonly instances: readonly Instance[];
  /** For the next page; undefined on the last. */
  readonly nextToken: string | undefined;
}

export class Listing {
  readonly #table: TableClient;
  readonly #largeValues: LargeValues;

  constructor(table: TableClient, largeValues: LargeValues) {
    this.#table = table;
    this.#largeValues = largeValues;
  }

  /** At most `size` instances, in the order of their ids, from where `token` was given. */
  async page(filter: InstanceFilter, size: number, token?: string): Promise<InstancePage> {
    const pages = this.#rows(filter).byPage({
      maxPageSize: size,
      ...(token !== undefined && { continuationToken: token }),
    });
    for await (const page of pages) {
      const columns = await Promise.all(page.map((row) => this.#largeValues.restore(row)));
      return { instances: columns.map(instanceIn), nextToken: page.continuationToken };
    }
    return { instances: [], nextToken: undefined };
  }

  /** The ids of all that the filter lets through. */
  async ids(filter: InstanceFilter): Promise<string[]> {
    const ids: string[] = [];
    for await (const { id } of this.#rows(filter)) {
      ids.push(String(id));
    }
    return ids;
  }

  #rows(filter: InstanceFilter) {
    return this.#table.listEntities<Columns>({ queryOptions: { filter: toOData(filter) } });
  }
}

/** Only the row of an instance counts pages. Times are stored as ISO 8601 in UTC, which sorts as text. */
function toOData({ createdFrom, createdTo, statuses, idPrefix }: InstanceFilter): string {
  const prefix = idPrefix && idInKey(idPrefix);
  const conditions = [
    'pageCount ge 0',
    createdFrom && `createdAt ge '${createdFrom.toISOString()}'`,
    createdTo && `createdAt le '${createdTo.toISOString()}'`,
    prefix && `RowKey ge '${prefix}' and RowKey lt '${prefix}\uffff'`,
    statuses.length > 0 && `(${statuses.map((status) => `status eq '${status.replaceAll("'", "''")}'`).join(' or ')})`,
  ];
  return conditions.filter(Boolean).join(' and ');
}
