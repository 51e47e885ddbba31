/** A call that others started, by its id at ACS. */
import * as z from 'zod';

export const locatorSchema = z
  .strictObject({
    kind: z.enum(['room', 'server', 'group']),
    id: z.string().min(1).max(2048),
  })
  .meta({ id: 'Locator' });

export type Locator = Readonly<z.infer<typeof locatorSchema>>;
