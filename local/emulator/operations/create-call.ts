/** POST /calling/callConnections: calls one target or several. */

import * as z from 'zod';
import { raise } from '../callbacks/raise.ts';
import { APPLICATION } from '../calls/application.ts';
import { disconnect, endIfDeserted } from '../calls/call-end.ts';
import { establish } from '../calls/connection.ts';
import type { Answerer, Connection, CustomContext } from '../calls/model.ts';
import { join, joinAnswerer } from '../calls/participant.ts';
import { publishParticipants } from '../calls/participant-list.ts';
import { createFailure, type ResultInformation } from '../calls/result-information.ts';
import { ring, ringSeconds } from '../calls/ringing-phone.ts';
import { newServerCall } from '../calls/server-call.ts';
import { customCallingContext } from '../http/custom-context.ts';
import { callee, isPhone, phoneNumberIdentifier, userIdentifier } from '../identifiers.ts';
import type { Resource } from '../resource.ts';
import { connectionProperties, describeConnection } from './connection-properties.ts';
import { connectionRequest, openRequested } from './connection-request.ts';
import { checkCallerId, checkSource } from './mid-call.ts';
import { defineOperation } from './operation.ts';

export const createCall = defineOperation({
  name: 'createCall',
  method: 'POST',
  path: '/calling/callConnections',
  status: 201,
  repeatable: 'silently',
  raises: ['CallConnected', 'CreateCallFailed', 'CallDisconnected', 'ParticipantsUpdated'],
  failure: 'CreateCallFailed',
  request: z.object({
    ...connectionRequest,
    targets: z.array(callee).min(1).max(350),
    sourceCallerIdNumber: phoneNumberIdentifier.optional(),
    sourceDisplayName: z.string().optional(),
    source: userIdentifier.optional(),
    // Not in the swagger: the .NET SDK sends it, the JS SDK drops it.
    customCallingContext,
    teamsAppSource: z.object({ appId: z.string() }).optional(),
  }),
  response: connectionProperties,

  run({ resource, body, apiVersion, fail }) {
    checkSource(body.source);
    checkCallerId(resource, body.targets, body.sourceCallerIdNumber);
    const call = resource.calls.addCall(newServerCall(resource.random, resource.clock.now()));
    const terms = {
      targets: body.targets,
      source: body.source,
      sourceCallerId: body.sourceCallerIdNumber,
      sourceDisplayName: body.sourceDisplayName,
    };
    const connection = openRequested(resource, { call, body, apiVersion, terms, state: 'connecting' });
    if (fail === undefined) {
      ringTargets(resource, connection, body.customCallingContext);
    } else {
      resource.clock.schedule(0, () => failCall(resource, connection, fail));
    }
    // Recorded: the response has no server call id yet.
    const { serverCallId: _, ...properties } = describeConnection(resource, connection);
    return { body: properties, connection };
  },
});

/**
 * Rings all targets at once: the first answer establishes the call, and the call fails when the last target has failed.
 */
function ringTargets(resource: Resource, connection: Connection, customContext?: CustomContext): void {
  const { call, terms } = connection;
  let pending = terms.targets.length;
  for (const target of terms.targets) {
    ring(resource, {
      call,
      caller:
        (isPhone(target) ? terms.sourceCallerId : undefined) ?? terms.source ?? terms.sourceCallerId ?? APPLICATION,
      callerDisplayName: terms.sourceDisplayName,
      target,
      customContext,
      timeoutSeconds: ringSeconds(target),
      reason: 'invited',
      onAnswered: (answerer) => {
        pending -= 1;
        onAnswered(resource, connection, answerer);
      },
      onFailed: (failure) => {
        pending -= 1;
        if (connection.state === 'connecting' && pending === 0) {
          failCall(resource, connection, createFailure(target, failure));
        }
      },
    });
  }
}

function onAnswered(resource: Resource, connection: Connection, answerer: Answerer): void {
  const { call, terms } = connection;
  const isFirst = connection.state === 'connecting';
  // An application is a participant when it speaks as a user, or when another application has answered.
  const self = terms.source ?? (answerer.leg === undefined ? undefined : (terms.sourceCallerId ?? APPLICATION));
  if (isFirst && self !== undefined) {
    join(resource, call, self, connection);
  }
  joinAnswerer(resource, call, answerer);
  if (isFirst) {
    establish(resource, connection);
  }
  publishParticipants(resource, call);
}

/** Recorded: CreateCallFailed and CallDisconnected with the same result. */
function failCall(resource: Resource, connection: Connection, resultInformation: ResultInformation): void {
  raise(resource, connection, 'CreateCallFailed', { resultInformation }, connection.terms);
  disconnect(resource, connection, resultInformation);
  endIfDeserted(resource, connection.call);
}
