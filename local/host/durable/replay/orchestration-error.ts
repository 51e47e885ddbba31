/** Why an orchestration cannot go on; its message becomes the failure of the instance. */
export class OrchestrationError extends Error {
  override readonly name = 'OrchestrationError';
}
