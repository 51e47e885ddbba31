import { HttpRequest, InvocationContext } from '@azure/functions';
import { expect, test } from 'vitest';
import { createApp, type Invocation } from '../../../shared/app.ts';
import { readConfig } from '../../../shared/config.ts';
import { answerOf } from '../../../shared/http/answer-endpoint.ts';
import { exportAudit } from '../../../shared/http/endpoints/audit.ts';
import { openView } from '../../../shared/http/masking/view.ts';
import { localSettings } from '../../support/local-settings.ts';

const app = createApp(readConfig(localSettings)).during(new InvocationContext());
const request = new HttpRequest({ method: 'GET', url: 'http://127.0.0.1/api/audit/export?who=key:2' });

test('an export reads page after page, and sends nothing for a page of which no entry is wanted', async () => {
  const pages = ['key:1', 'key:2', 'key:2'].map((who, at, all) => ({
    items: [{ who, about: {} }],
    positions: [],
    ...(at + 1 < all.length && { nextCursor: String(at + 1) }),
  }));
  const page = async (_period: object, _limit: number, position = '0') => pages[Number(position)];
  const audit = { page } as unknown as NonNullable<Invocation['audit']>;
  const { body } = await exportAudit.answer({ ...app, audit }, request, openView);
  const chunks: string[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(new TextDecoder().decode(chunk));
  }
  expect(chunks).toEqual(Array(2).fill('{"who":"key:2","about":{}}\n'));
});

test('a defect while the caller is identified is no refusal', async () => {
  const identify = () => Promise.reject(new TypeError('defect'));
  await expect(answerOf(exportAudit)({ ...app, identify }, request)).rejects.toThrow('defect');
});
