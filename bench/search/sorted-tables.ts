/**
 * A stand-in for Table Storage that holds a million rows: Azurite reads a whole table for each query, and takes minutes to be
 * filled. It knows what searches use: point reads and ranges of keys. Transactions of upserts let an index write its key.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Row = Readonly<Record<string, unknown>>;

/** Tables by name, partitions by key. Rows are sorted when they are first read after a write. */
interface Partition {
  readonly rows: Map<string, Row>;
  sorted: string[] | undefined;
}

export interface SortedTables {
  readonly url: string;
  /** Stores a row without a request. */
  fill(table: string, row: Row): void;
  close(): Promise<void>;
}

export async function startSortedTables(): Promise<SortedTables> {
  const partitions = new Map<string, Partition>();
  const partitionOf = (table: string, key: string): Partition => {
    const name = `${table}/${key}`;
    const known = partitions.get(name) ?? { rows: new Map(), sorted: undefined };
    partitions.set(name, known);
    return known;
  };
  const put = (table: string, row: Row) => {
    const partition = partitionOf(table, String(row.PartitionKey));
    partition.rows.set(String(row.RowKey), row);
    partition.sorted = undefined;
  };

  const server: Server = createServer((incoming, response) => {
    const answer = async () => {
      const body = await textOf(incoming);
      const url = new URL(incoming.url ?? '', 'http://tables');
      const path = decodeURIComponent(url.pathname).replace(/^\/[^/]+\//, '');
      if (incoming.method === 'POST') {
        write(response, path, body);
      } else {
        read(response, path, url);
      }
    };
    void answer();
  });

  function write(response: ServerResponse, path: string, body: string): void {
    if (path !== '$batch') {
      put(path, JSON.parse(body));
      response.writeHead(204, { etag: 'W/"1"' }).end();
      return;
    }
    const operation = /^(?:PUT|POST|PATCH) \S+?\/(\w+)(?:\(.*?\))? HTTP[\s\S]*?\r?\n\r?\n(\{.*\})/gm;
    const operations = [...body.matchAll(operation)];
    for (const [, table = '', json = '{}'] of operations) {
      put(table, JSON.parse(json));
    }
    response.writeHead(202, { 'content-type': 'multipart/mixed; boundary=b' }).end(batchAnswer(operations.length));
  }

  function read(response: ServerResponse, path: string, url: URL): void {
    const [, table = '', key = '', row = ''] = /^(\w+)(?:\(PartitionKey='(.*?)',RowKey='(.*?)'\))?/.exec(path) ?? [];
    if (key === '') {
      send(response, 200, { value: rangeOf(table, url) });
      return;
    }
    const found = partitionOf(table, key).rows.get(row);
    const missing = { 'odata.error': { code: 'ResourceNotFound', message: { value: '' } } };
    send(response, found ? 200 : 404, found ?? missing);
  }

  function rangeOf(table: string, { searchParams }: URL): Row[] {
    const [, key = '', above = '', below = ''] =
      /PartitionKey eq '(.*?)' and RowKey gt '(.*?)' and RowKey lt '(.*?)'/.exec(searchParams.get('$filter') ?? '') ??
      [];
    const partition = partitionOf(table, key);
    partition.sorted ??= [...partition.rows.keys()].sort();
    const { sorted, rows } = partition;
    const most = Number(searchParams.get('$top') ?? 1000);
    const found: Row[] = [];
    for (let at = firstAfter(sorted, above); at < sorted.length && found.length < most; at += 1) {
      const rowKey = sorted[at] ?? '';
      if (rowKey >= below) {
        break;
      }
      found.push(rows.get(rowKey) ?? {});
    }
    return found;
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    fill: put,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', etag: 'W/"1"' }).end(JSON.stringify(body));
}

function batchAnswer(operations: number): string {
  const part = '--c\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\nETag: W/"1"\r\n\r\n\r\n';
  return `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${part.repeat(operations)}--c--\r\n--b--\r\n`;
}

/** The place of the first key after another, by bisection. */
function firstAfter(sorted: readonly string[], key: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') > key) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
