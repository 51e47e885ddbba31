/** Answers in words for people: tables for lists, a line for each member of a resource, problems with every field. Pure. */

/** Styles a text, or leaves it as it is. */
export type Paint = (style: 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan', text: string) => string;

type Body = Readonly<Record<string, unknown>>;

const colours: Readonly<Record<string, 'green' | 'red' | 'yellow'>> = {
  ...ofEach(['succeeded', 'connected', 'answered', 'active', 'archived', 'delivered', 'ok'], 'green'),
  ...ofEach(['failed', 'timedOut', 'indeterminate', 'unknown', 'stale', 'canceled'], 'red'),
  ...ofEach(['accepted', 'sent', 'connecting', 'ringing', 'running', 'pending'], 'yellow'),
};

function ofEach<Colour>(names: readonly string[], colour: Colour): Readonly<Record<string, Colour>> {
  return Object.fromEntries(names.map((name) => [name, colour]));
}

/** A JSON answer: a list as a table, with the id by which an item is read in front, anything else by its members. */
export function bodyInWords(body: unknown, paint: Paint, idName?: string): string {
  if (isBody(body) && Array.isArray(body.items)) {
    const more = typeof body.nextCursor === 'string' ? `\n${paint('dim', `more: --cursor ${body.nextCursor}`)}` : '';
    return `${body.items.length === 0 ? paint('dim', 'none') : table(body.items, paint, idName)}${more}`;
  }
  return isBody(body) ? members(body, paint).join('\n') : String(body);
}

/** Members that have a column before others do. */
const firstColumns = ['status', 'name', 'kind', 'direction', 'from', 'to', 'reason'];
const mostColumns = 7;

/** One row for each item. Members that are no text, number or truth value have no column: `--json` prints them. */
function table(items: readonly unknown[], paint: Paint, idName: string | undefined): string {
  const rows = items.map((item) => (isBody(item) ? item : { value: item }));
  const isCell = (value: unknown) => isScalar(value) || isTexts(value);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row).filter((name) => isCell(row[name]))))];
  const order = [idName, ...firstColumns];
  const rank = (name: string) =>
    order.includes(name) ? order.indexOf(name) : order.length + (name.endsWith('Id') ? 1 : 0);
  const columns = names.toSorted((one, other) => rank(one) - rank(other)).slice(0, mostColumns);
  const cells = rows.map((row) => columns.map((column) => oneLine(row[column])));
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const line = (texts: readonly string[], style: (text: string) => string) =>
    texts
      .map((text, index) => style(text.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd();
  return [
    line(columns, (text) => paint('bold', text)),
    ...cells.map((row) => line(row, (text) => coloured(text, paint))),
  ].join('\n');
}

/** Each member on a line of its own, with what it contains indented below it. */
function members(body: Body, paint: Paint, indent = ''): readonly string[] {
  const shown = Object.entries(body).filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...shown.map(([name]) => name.length));
  return shown.flatMap(([name, value]) => {
    const label = `${indent}${paint('cyan', name.padEnd(width))}`;
    if (isBody(value)) {
      return [`${label}`.trimEnd(), ...members(value, paint, `${indent}  `)];
    }
    if (Array.isArray(value) && value.some(isBody)) {
      return [
        `${label}`.trimEnd(),
        ...value.flatMap((item, index) => [
          `${indent}  ${paint('dim', String(index + 1))}`,
          ...(isBody(item) ? members(item, paint, `${indent}    `) : [`${indent}    ${oneLine(item)}`]),
        ]),
      ];
    }
    const text = Array.isArray(value) && value.length === 0 ? paint('dim', 'none') : coloured(oneLine(value), paint);
    return [`${label}  ${text}`];
  });
}

function coloured(text: string, paint: Paint): string {
  const colour = colours[text.trimEnd()];
  return colour ? paint(colour, text) : text;
}

function oneLine(value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  return Array.isArray(value) ? value.map(oneLine).join(', ') : String(value);
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isScalar);
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What to do about an answer by its status, where its document does not say. */
const advice: Readonly<Record<number, string>> = {
  401: 'give a key by --key or SWITCHBOARD_KEY',
  403: 'use a key that may do this',
  404: 'check the id, and the address in --url or SWITCHBOARD_URL',
  429: 'retry later',
  503: 'retry later; "switchboard health" says what is unavailable',
};

/** A problem document: title and detail, each wrong field, the other members, and where its code is explained. */
export function problemInWords(status: number, problem: unknown, paint: Paint): string {
  if (!isBody(problem)) {
    const text = String(problem ?? '').trim();
    return [paint('red', `The API answered ${status}.`), text, adviceFor(status)]
      .filter((line) => line !== '')
      .join('\n');
  }
  const { type, title, status: _, code, detail, errors, ...others } = problem;
  const wrong = Array.isArray(errors) ? errors.filter(isBody) : [];
  return [
    paint('red', `${status} ${oneLine(code)}: ${oneLine(title)}`),
    ...(detail === undefined ? [] : [oneLine(detail)]),
    ...wrong.map(({ path, message }) => `  ${paint('bold', oneLine(path))}: ${oneLine(message)}`),
    ...members(others, paint, '  '),
    adviceFor(status),
    type === undefined ? '' : paint('dim', `what it means: ${oneLine(type)}`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function adviceFor(status: number): string {
  const what = advice[status];
  return what === undefined ? '' : `what to do: ${what}`;
}
