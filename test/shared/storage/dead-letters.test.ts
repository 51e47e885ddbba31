/** Events that Event Grid could not deliver, in a storage that refuses: Azurite grants everything. */
import { expect, test } from 'vitest';
import { openDeadLetters } from '../../../shared/storage/dead-letters.ts';
import { refusingStorage } from './refusing-storage.ts';

const matches = (text: string) => text.includes('wanted');
const listOf = (names: readonly string[], marker: string) => {
  const blobs = names
    .map(
      (name) =>
        `<Blob><Name>${name}</Name><Properties><Last-Modified>Mon, 30 Nov 2026 08:00:00 GMT</Last-Modified></Properties></Blob>`,
    )
    .join('');
  return `<EnumerationResults><Blobs>${blobs}</Blobs><NextMarker>${marker}</NextMarker></EnumerationResults>`;
};

test('dead letters are searched page by page, and one that is gone meanwhile is none', async () => {
  const storage = await refusingStorage((method, url) => {
    if (url.includes('comp=list')) {
      const isFirst = !url.includes('marker=');
      return { status: 200, body: isFirst ? listOf(['one', 'two', 'gone'], 'more') : listOf([], '') };
    }
    if (url.includes('/gone')) {
      return { status: 404, code: 'BlobNotFound' };
    }
    return method === 'DELETE' ? { status: 202 } : { status: 200, body: url.includes('/one') ? 'wanted' : 'other' };
  });
  const deadLetters = openDeadLetters(storage);
  expect(await deadLetters.remove(matches, undefined)).toEqual({ removed: 1, next: 'more' });
  expect(await deadLetters.remove(matches, 'more')).toEqual({ removed: 0, next: undefined });
});

test('without the container there is nothing to remove, and without access to it that is reported', async () => {
  const missing = await refusingStorage(() => ({ status: 404, code: 'ContainerNotFound' }));
  expect(await openDeadLetters(missing).remove(matches, undefined)).toEqual({ removed: 0 });
  expect(await openDeadLetters(missing).removeBefore('2026-11-30T00:00:00.000Z', undefined)).toEqual({ removed: 0 });
  const closed = await refusingStorage(() => ({ status: 403, code: 'AuthorizationPermissionMismatch' }));
  expect(await openDeadLetters(closed).remove(matches, undefined)).toBe('forbidden');
  expect(await openDeadLetters(closed).removeBefore('2026-11-30T00:00:00.000Z', undefined)).toBe('forbidden');
});

test('a storage that fails fails the search', async () => {
  const failing = await refusingStorage(() => ({ status: 400, code: 'InvalidInput' }));
  await expect(openDeadLetters(failing).remove(matches, undefined)).rejects.toThrow('Blob Storage');
});
