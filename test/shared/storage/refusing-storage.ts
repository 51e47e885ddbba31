/** A storage account whose blob and queue services answer each request as a test says. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface Answer {
  readonly status: number;
  readonly code?: string;
  readonly body?: string;
}

/** The settings of such an account; it is closed with the test. */
export async function refusingStorage(answer: (method: string, url: string) => Answer) {
  const server = createServer((request, response) => {
    const {
      status,
      code = '',
      body = code && `<Error><Code>${code}</Code><Message/></Error>`,
    } = answer(request.method ?? '', request.url ?? '');
    const headers = { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(body), etag: '"0x1"' };
    response.writeHead(status, { ...headers, 'x-ms-error-code': code });
    response.end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/account`;
  const endpoints = ['Blob', 'Queue', 'Table'].map((service) => `${service}Endpoint=${url};`).join('');
  return { connectionString: `DefaultEndpointsProtocol=http;AccountName=account;AccountKey=a2V5;${endpoints}` };
}
