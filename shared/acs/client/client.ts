/** The client of ACS: the SDK's own, with the pipeline policies that Switchboard needs. */
import { CallAutomationClient, type CallAutomationClientOptions } from '@azure/communication-call-automation';
import { credentialOf } from '../../credential.ts';
import { lastRefusalPolicies } from './last-refusal.ts';
import { contentFrom, recordingContentPolicy } from './recording-content.ts';
import { requestScopePolicy } from './request-scope.ts';
import { retryRefusalPolicies } from './retry-refusal.ts';
import { sendOncePolicy } from './send-once.ts';
import { throttlingPolicy } from './throttling.ts';

/** How to reach ACS: managed identity at its endpoint, or a connection string, which local development uses. */
export type AcsSettings =
  | { readonly connectionString: string; readonly isLocal: boolean; readonly recordingOrigin?: string | undefined }
  | { readonly endpoint: string; readonly clientId?: string | undefined };

/** Connects to ACS. No request is made before the first use; http is allowed for a local emulator only. */
export function openAcs(settings: AcsSettings, timeoutSeconds: number): CallAutomationClient {
  const lastRefusal = lastRefusalPolicies();
  const retryRefusal = retryRefusalPolicies();
  const options: CallAutomationClientOptions = {
    additionalPolicies: [
      { policy: retryRefusal.perCall, position: 'perCall' },
      { policy: lastRefusal.perCall, position: 'perCall' },
      { policy: requestScopePolicy, position: 'perCall' },
      { policy: recordingContentPolicy, position: 'perCall' },
      { policy: lastRefusal.perRetry, position: 'perRetry' },
      { policy: sendOncePolicy, position: 'perRetry' },
      { policy: retryRefusal.perRetry, position: 'perRetry' },
      { policy: throttlingPolicy(timeoutSeconds), position: 'perRetry' },
    ],
    // Credentials go where the request was meant to go, and nowhere else.
    redirectOptions: { maxRetries: 0 },
  };
  if ('connectionString' in settings) {
    return new CallAutomationClient(settings.connectionString, {
      ...options,
      allowInsecureConnection: settings.isLocal,
      ...(settings.recordingOrigin !== undefined && { httpClient: contentFrom(settings.recordingOrigin) }),
    });
  }
  return new CallAutomationClient(settings.endpoint, credentialOf(settings.clientId), options);
}
