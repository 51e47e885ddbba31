import { expect, it } from 'vitest';
import { assertPortsFree, freePorts } from '../../../local/dev/ports.ts';

it('finds ports that are free and all different', async () => {
  const ports = await freePorts();

  await assertPortsFree(ports);
  expect(new Set(Object.values(ports)).size).toBe(6);
});

it('names a port that is given twice', async () => {
  const ports = await freePorts();

  await expect(assertPortsFree({ ...ports, table: ports.blob })).rejects.toThrow(
    `${ports.blob} for table storage (Azurite); choose another with --table-port`,
  );
});
