/** No generic code names an operation or its events: what is special about an operation is stated in its literal. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { operations } from '../../../shared/operations/index.ts';
import type { Operation } from '../../../shared/operations/operation.ts';

/** The code that may name operations, and why. */
const namesOperations = {
  'shared/operations/': 'defines them',
  'shared/sequences/built-in/': 'its sequences perform certain operations',
  'shared/sequences/orchestrators/': 'its sequences perform certain operations',
  'shared/sequences/language/collect-operations.ts': 'a step that collects digits listens and plays a prompt',
  'shared/sequences/interpreter/digit-steps.ts': 'a step that sends digits performs the operation that sends tones',
  'shared/routing/rule.ts': 'the actions of a rule are operations on an incoming call',
  'shared/routing/route-call.ts': 'performs the action of a rule',
  'shared/ledger/upkeep/end-over-limit.ts': 'ends a call that lives too long as its caller would',
  'shared/http/openapi/examples.ts': 'its examples are answers about certain operations',
  'shared/http/endpoints/sequences.ts': 'its example of a request for a sequence has steps',
};

/** The code that may name events that settle operations, and why. */
const namesEvents = {
  ...namesOperations,
  'shared/acs/wire/parse-event.ts': 'reads the members that only some kinds of event have',
  'shared/calls/': 'knows what each kind of event changes in a call; operation-life/ may not name one',
  'shared/http/endpoints/webhooks.ts': 'its example of a webhook names events',
  'shared/webhooks/webhook.ts': 'its example of a webhook names events',
};

const isIn = (users: Readonly<Record<string, string>>, file: string) =>
  Object.keys(users).some((path) => file.startsWith(path));
const files = execFileSync('git', ['ls-files', 'shared/*.ts', 'functions/*.ts'], { encoding: 'utf8' })
  .trim()
  .split('\n');

const all: readonly Operation[] = operations;
const operationNames: ReadonlySet<string> = new Set(all.map(({ name }) => name));
const eventKinds: ReadonlySet<string | undefined> = new Set(
  all.flatMap(({ settles }) =>
    settles.by === 'event'
      ? [...settles.success, ...settles.failure, ...(settles.canceled ?? []), settles.start?.kind]
      : [],
  ),
);

/** Names in a text: `hold` and `play` are words as well, and names only where they are the whole text. */
const namesInText = (text: string) => [
  text,
  ...text.split(/\W+/).filter((word) => word !== text && /.[A-Z]/.test(word)),
];

/** The identifiers and texts of a file that are one of the names, with their lines. */
function uses(file: string, names: ReadonlySet<string | undefined>): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const found: string[] = [];
  const collect = (node: ts.Node): void => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    const candidates = isText ? namesInText(node.text) : ts.isIdentifier(node) ? [node.text] : [];
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push(...candidates.filter((one) => names.has(one)).map((name) => `${file}:${line + 1} ${name}`));
    ts.forEachChild(node, collect);
  };
  collect(source);
  return found;
}

test('operations are named only where certain ones are used', () => {
  const generic = files.filter((file) => !isIn(namesOperations, file));
  expect(generic.flatMap((file) => uses(file, operationNames))).toEqual([]);
});

test('events that settle operations are named only where certain ones are read', () => {
  const generic = files.filter((file) => !isIn(namesEvents, file) || file.startsWith('shared/calls/operation-life/'));
  expect(generic.flatMap((file) => uses(file, eventKinds))).toEqual([]);
});

test('a name is found as an identifier, a key and a text', () => {
  expect(uses('shared/routing/rule.ts', operationNames).join()).toMatch(/answerCall.*rejectCall.*redirectCall/);
  expect(namesInText('give callId, or a createCall before it')).toContain('createCall');
  expect(namesInText('put on hold')).not.toContain('hold');
});
