import { app, trigger } from '@azure/functions';

app.eventGrid('single', {
  handler: (event, context) => {
    context.log(JSON.stringify({ event, metadata: context.triggerMetadata }));
    if (event.subject === 'fail') {
      throw new Error('refused');
    }
  },
});
app.generic('many', {
  trigger: trigger.generic({ type: 'eventGridTrigger', cardinality: 'many' }),
  handler: (events, context) => context.log(JSON.stringify(events)),
});
