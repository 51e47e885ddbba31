/** What the result of an operation on a stream shows. */
import * as z from 'zod';

/** ACS's details of the stream's status. */
export const streamingResult = z.object({ details: z.string() }).meta({ id: 'Streaming' });
