/** Rewinding a failed instance to the point of its failure, which this host cannot. */

import { Refusal, refusal } from './answers.ts';
import type { ApiRequest } from './endpoint.ts';

/** 404 and 412 are Azure's; where Azure would rewind, 501 says what to do instead. The dollar sign is Azure's too. */
export async function rewind({ hub, parameters: [id = ''] }: ApiRequest): Promise<void> {
  const found = await hub.orchestrations.read(id);
  if (found === undefined) {
    throw new Refusal(404, `No orchestration with instance ID "$${id}" found.`);
  }
  const { status } = found.instance;
  if (status !== 'Failed') {
    throw new Refusal(
      412,
      `This orchestration has status ${status}, but only orchestrations in the "Failed" state can be rewound.`,
    );
  }
  throw refusal(501, 'This host cannot rewind an instance: restart it instead.');
}
