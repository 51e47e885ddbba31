/** The store keeps the latest files only, however many there are. */

import { expect, test } from 'vitest';
import { manualClock } from '../../../../local/emulator/clock.ts';
import { RecordingStore } from '../../../../local/emulator/recordings/recording-store.ts';

test('no more than ten thousand files are kept, the latest', () => {
  const store = new RecordingStore(manualClock());
  for (let count = 0; count < 10_001; count++) {
    store.keep({ documentId: `file-${count}` } as never);
  }

  expect(store.file('file-0')).toBeUndefined();
  expect(store.file('file-1')).toMatchObject({ documentId: 'file-1' });
  expect(store.file('file-10000')).toMatchObject({ documentId: 'file-10000' });
});
