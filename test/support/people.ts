/** People in requests: in a field of an operation's or a sequence's input, and in a path by the id that they have in a call. */
import { type Api, eventually } from './api.ts';

/** The example with that person in the field of the path, where `[]` stands for a list of one. */
export function withPerson(example: object, path: string, one: unknown): Record<string, unknown> {
  const [head = '', ...rest] = path.split('.');
  const name = head.replace('[]', '');
  const value = rest.length > 0 ? { ...elsewhere, ...withPerson({}, rest.join('.'), one) } : one;
  return { ...example, ...besides[name], [name]: head.endsWith('[]') ? [value] : value };
}

/** What the entries of a list need besides the person. */
const elsewhere = { channel: 0 };

/** What a field needs beside it. */
const besides: Readonly<Record<string, object>> = { channelAffinity: { channel: 'unmixed', format: 'wav' } };

/** The id of someone in the call at a path such as `calls/{callId}`, as soon as its roster has them. */
export async function participantIdIn(api: Api, call: string, participant: string): Promise<string> {
  const find = async () => {
    const roster: { participant: string; participantId: string }[] = (await api('GET', call)).body.roster ?? [];
    return roster.find((one) => one.participant === participant)?.participantId;
  };
  return String(await eventually(find, (id) => id !== undefined));
}

/** The path of someone in the call. */
export async function pathOfParticipant(api: Api, call: string, participant: string): Promise<string> {
  return `${call}/participants/${await participantIdIn(api, call, participant)}`;
}

/** The path of the digits that someone in the call has pressed. */
export async function pathOfDigits(api: Api, call: string, participant: string): Promise<string> {
  return `${call}/media/continuous-dtmf?participantId=${await participantIdIn(api, call, participant)}`;
}
