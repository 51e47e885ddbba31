/** What an orchestrator function answers: everything it has asked for since it began, and whether it has ended. */

/** The numbers by which the library identifies its actions (recorded). */
export const actionTypes = {
  CallActivity: 0,
  CallActivityWithRetry: 1,
  CallSubOrchestrator: 2,
  CallSubOrchestratorWithRetry: 3,
  ContinueAsNew: 4,
  CreateTimer: 5,
  WaitForExternalEvent: 6,
  CallEntity: 7,
  CallHttp: 8,
  SignalEntity: 9,
  WhenAny: 11,
  WhenAll: 12,
  LockEntities: 13,
  ReleaseEntities: 14,
} as const;

type Type = typeof actionTypes;

export interface RetryPolicy {
  readonly firstRetryIntervalInMilliseconds: number;
  readonly maxNumberOfAttempts: number;
  readonly backoffCoefficient?: number;
  readonly maxRetryIntervalInMilliseconds?: number;
  readonly retryTimeoutInMilliseconds?: number;
}

export interface ActivityCall {
  readonly functionName: string;
  readonly input?: unknown;
}

export interface SubOrchestratorCall extends ActivityCall {
  readonly instanceId?: string;
  readonly version?: string;
}

export interface TimerAction {
  readonly actionType: Type['CreateTimer'];
  readonly fireAt: Date | string;
  readonly isCanceled: boolean;
}

export type Action =
  | (ActivityCall & { readonly actionType: Type['CallActivity'] })
  | (ActivityCall & { readonly actionType: Type['CallActivityWithRetry']; readonly retryOptions: RetryPolicy })
  | (SubOrchestratorCall & { readonly actionType: Type['CallSubOrchestrator'] })
  | (SubOrchestratorCall & {
      readonly actionType: Type['CallSubOrchestratorWithRetry'];
      readonly retryOptions: RetryPolicy;
    })
  | { readonly actionType: Type['ContinueAsNew']; readonly input?: unknown }
  | TimerAction
  | { readonly actionType: Type['WaitForExternalEvent']; readonly externalEventName: string }
  | { readonly actionType: Type['WhenAny'] | Type['WhenAll']; readonly compoundActions: readonly Action[] }
  | {
      readonly actionType: Type['CallEntity' | 'CallHttp' | 'SignalEntity' | 'LockEntities' | 'ReleaseEntities'];
    };

export interface OrchestratorState {
  readonly isDone: boolean;
  /** One list with every action since the start, from schema version 2 on. */
  readonly actions: readonly (readonly Action[])[];
  readonly output?: unknown;
  readonly error?: string;
  readonly customStatus?: unknown;
}

/** The library throws the state of an orchestrator that failed, as JSON after this label in the message (recorded). */
const stateLabel = '\n\n$OutOfProcData$:';

/** The state in an error that the library threw; undefined for any other error. */
export function stateIn(message: string): OrchestratorState | undefined {
  const at = message.indexOf(stateLabel);
  return at === -1 ? undefined : (JSON.parse(message.slice(at + stateLabel.length)) as OrchestratorState);
}

/** The name of an action's kind, e.g. `CallHttp`. */
export function actionName({ actionType }: { readonly actionType: number }): string {
  return Object.entries(actionTypes).find(([, type]) => type === actionType)?.[0] ?? `action ${actionType}`;
}
