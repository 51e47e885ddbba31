/** The identity of the app in a call that it makes or answers, by ACS's response. */
import { CallAutomationClient } from '@azure/communication-call-automation';
import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { asOperation } from '../../../shared/acs/client/request-scope.ts';
import { answerCall } from '../../../shared/operations/calls/answer-call.ts';
import { createCall } from '../../../shared/operations/calls/create-call.ts';
import type { Operation } from '../../../shared/operations/operation.ts';

const application = '8:acs:1b5cc06b-f352-4571-b1e6-d9b259b7c776_00000007-0464-274b-b274-5a3a0d000101';
const identity = { kind: 'communicationUser', rawId: application, communicationUser: { id: application } };

/** The SDK's client of an ACS that responds with these properties of a call connection. */
function respondingWith(properties: object): CallAutomationClient {
  const body = { callConnectionId: 'cc', serverCallId: 's', correlationId: 'c', ...properties };
  const httpClient: HttpClient = {
    sendRequest: async (request) => {
      const status = request.url.includes(':answer') ? 200 : 201;
      return { request, status, headers: createHttpHeaders(), bodyAsText: JSON.stringify(body) };
    },
  };
  return new CallAutomationClient('endpoint=https://contoso.communication.azure.com/;accesskey=a2V5', { httpClient });
}

const responses: readonly { operation: Operation; properties: object }[] = [
  { operation: createCall, properties: { source: identity } },
  { operation: answerCall, properties: { answeredBy: { id: application } } },
];

async function connectionAfter(operation: Operation, properties: object) {
  const request = {
    acs: respondingWith(properties),
    input: operation.input.parse(operation.example),
    incomingCallContext: 'context',
    callConnectionId: '',
    serverCallId: '',
    otherConnectionId: '',
    recording: { acsRecordingId: '', erase: async () => {} },
    callbackUrl: 'https://contoso.com/',
    cognitiveServicesEndpoint: undefined,
    options: { operationContext: 'o' },
  };
  const terms = { operationId: 'o', firstSentAt: '2026-01-01T12:00:00.000Z', timeoutSeconds: 1 };
  return (await asOperation(terms, () => operation.send(request))).connection;
}

test.each(responses)('$operation.name keeps who the app is in its call', async ({ operation, properties }) => {
  expect(await connectionAfter(operation, properties)).toEqual({
    callConnectionId: 'cc',
    serverCallId: 's',
    correlationId: 'c',
    application,
  });
});

test.each(responses)('$operation.name keeps no identity of the app where ACS names none', async ({ operation }) => {
  expect(await connectionAfter(operation, {})).not.toHaveProperty('application');
});
