/** The steps of a sequence as a Mermaid flowchart. */
import type { Condition, Definition, Step } from '../../shared/sequences/language/definition.ts';

/** An arrow whose target is not drawn yet. */
interface Arrow {
  readonly from: string;
  readonly label?: string;
  readonly isDotted?: true;
}

interface Drawing {
  readonly lines: string[];
  nodes: number;
}

/** The lines of the flowchart. A step that fails leads to `finally` or to the end, which is not drawn. */
export function flowchart({ steps, finally: last = [] }: Definition): string[] {
  const drawing: Drawing = { lines: [], nodes: 0 };
  const start = node(drawing, [], '(("start"))');
  const open = drawList(drawing, steps, [{ from: start }]);
  const ended = last.length === 0 ? open : drawFinally(drawing, last, open);
  node(drawing, ended, '(("end"))');
  return ['```mermaid', 'flowchart TD', ...drawing.lines.map((line) => `  ${line}`), '```'];
}

function drawFinally(drawing: Drawing, steps: readonly Step[], arrows: readonly Arrow[]): Arrow[] {
  const label = node(drawing, arrows, '>"finally"]');
  return drawList(drawing, steps, [{ from: label }]);
}

/** Draws a list, and returns the arrows that lead out of it. */
function drawList(drawing: Drawing, steps: readonly Step[], arrows: readonly Arrow[]): Arrow[] {
  return steps.reduce<Arrow[]>((into, step) => draw(drawing, step, into), [...arrows]);
}

function draw(drawing: Drawing, step: Step, into: readonly Arrow[]): Arrow[] {
  if ('do' in step) {
    const from = node(drawing, into, `[${quoted(`${named(step.id, step.do)}${tolerance(step.onFailure)}`)}]`);
    drawList(drawing, step.onTimeout ?? [], [{ from, label: `after ${step.timeout}`, isDotted: true }]);
    return [{ from }];
  }
  if ('if' in step) {
    const from = node(drawing, into, `{${quoted(conditionOf(step.if))}}`);
    return [
      ...drawList(drawing, step.then, [{ from, label: 'yes' }]),
      ...drawList(drawing, step.else ?? [], [{ from, label: 'no' }]),
    ];
  }
  if ('parallel' in step) {
    const from = node(
      drawing,
      into,
      `[[${quoted(step.until === 'first' ? 'at once, until the first is done' : 'at once, until all are done')}]]`,
    );
    return step.parallel.flatMap((list) => drawList(drawing, list, [{ from }]));
  }
  if ('repeat' in step) {
    return drawRepeat(drawing, step.repeat, into);
  }
  if ('while' in step) {
    const from = node(drawing, into, `{{${quoted(`while ${step.while.present} is in the call`)}}}`);
    const left = drawList(drawing, step.onDeparture ?? [], [{ from, label: 'has left', isDotted: true }]);
    return [...drawList(drawing, step.steps, [{ from }]), ...left];
  }
  const from = node(drawing, into, simpleShape(step));
  return 'fail' in step ? [] : [{ from }];
}

function drawRepeat(
  drawing: Drawing,
  { times, steps, until }: { times: number; steps: readonly Step[]; until?: Condition | undefined },
  into: readonly Arrow[],
): Arrow[] {
  const from = node(drawing, into, `{{${quoted(`at most ${times} times`)}}}`);
  const round = drawList(drawing, steps, [{ from }]);
  for (const arrow of round) {
    connect(drawing, { ...arrow, label: 'again' }, from);
  }
  return round.map((arrow) => ({ ...arrow, label: until ? `until ${plain(conditionOf(until))}` : 'then' }));
}

function simpleShape(step: Step): string {
  if ('wait' in step) {
    return `([${quoted(`${named(step.id, `wait ${step.wait}`)}${tolerance(step.onFailure)}`)}])`;
  }
  if ('waitFor' in step) {
    const { events, timeout } = step.waitFor;
    const what = named(step.id, `wait for ${events.join(' or ')}, at most ${timeout}`);
    return `([${quoted(`${what}${tolerance(step.onFailure)}`)}])`;
  }
  if ('sendDigits' in step) {
    return `[${quoted(`${named(step.id, 'send digits')}${tolerance(step.onFailure)}`)}]`;
  }
  if ('collect' in step) {
    return `[${quoted(`${named(step.id, 'collect tones')}${tolerance(step.onFailure)}`)}]`;
  }
  if ('fail' in step) {
    return `([${quoted(`fail: ${step.fail.code}`)}])`;
  }
  const members = 'result' in step ? Object.entries(step.result) : [];
  return `[/${quoted(`result: ${members.map(([name, value]) => `${name} = ${value}`).join(', ')}`)}/]`;
}

/** Draws a node and the arrows that lead to it, and returns its name. */
function node(drawing: Drawing, arrows: readonly Arrow[], shape: string): string {
  drawing.nodes += 1;
  const name = `n${drawing.nodes}`;
  drawing.lines.push(`${name}${shape}`);
  for (const arrow of arrows) {
    connect(drawing, arrow, name);
  }
  return name;
}

function connect(drawing: Drawing, { from, label, isDotted }: Arrow, to: string): void {
  const line = isDotted ? '-.->' : '-->';
  drawing.lines.push(`${from} ${line}${label === undefined ? '' : `|${quoted(label)}|`} ${to}`);
}

function conditionOf({ ref, equals, in: list, exists }: Condition): string {
  const what = ref.replace(/^\$(steps\.)?/, '');
  if (exists !== undefined) {
    return `${what} is ${exists ? 'there' : 'missing'}?`;
  }
  return equals === undefined ? `${what} is one of ${(list ?? []).join(', ')}?` : `${what} is ${equals}?`;
}

function plain(question: string): string {
  return question.replace(/\?$/, '');
}

function named(id: string | undefined, what: string): string {
  return id === undefined || id === what ? what : `${id}: ${what}`;
}

function tolerance(onFailure: string | undefined): string {
  return onFailure === 'continue' ? ', may fail' : '';
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '#quot;')}"`;
}
