import { app } from '@azure/functions';

for (const authLevel of ['anonymous', 'function', 'admin'] as const) {
  app.get(`${authLevel}Door`, { authLevel, handler: () => ({ body: 'open' }) });
}
app.get('otherDoor', { authLevel: 'function', handler: () => ({ body: 'open' }) });
app.eventGrid('events', { handler: () => {} });
