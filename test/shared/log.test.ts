import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { createLog, processSink } from '../../shared/log.ts';

/** Every message of the app, as its sink is given it. */
function messages(): string[] {
  const written: string[] = [];
  const log = createLog((_level, message) => void written.push(message));
  for (const write of Object.values(log)) {
    (write as (ids: object) => void)({});
  }
  return written;
}

test('each message has a text of its own', () => {
  const all = messages();
  expect(new Set(all).size).toBe(all.length);
});

test('each message that the guide looks for is one that the app logs', () => {
  const guide = readFileSync('docs/operate.md', 'utf8');
  const wanted = [...guide.matchAll(/Message has "([^"<]+)/g)].map(([, text]) => String(text));
  expect(wanted.length).toBeGreaterThan(5);
  const known = messages();
  expect(wanted.filter((text) => !known.some((message) => message.includes(text)))).toEqual([]);
});

test('a message of work that outlives its invocation is a line of the process', () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  createLog(processSink).presumedNotSettled({ callId: 'c', error: 'AppError' });
  const written = write.mock.calls.map(([line]) => line);
  write.mockRestore();
  expect(written).toEqual([expect.stringMatching(/^warning: Presumed .* \{"callId":"c","error":"AppError"\}\n$/)]);
});
