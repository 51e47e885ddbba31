/** docs/problems.md: each problem of the API, under the anchor that its `type` names. */
import type { ErrorCode } from '../../shared/errors.ts';
import { problems } from '../../shared/http/problem.ts';
import { problemParagraphs } from './problem-paragraphs.ts';

/** The page. */
export function problemsPage(): string {
  return [
    '# Problems',
    '',
    'Generated from `shared/http/problem.ts` and `local/docs/problem-paragraphs.ts` by `npm run docs`; do not edit.',
    '',
    'Every failure is a problem document (RFC 9457) with one of these codes; its `type` is the address of the paragraph here.',
    '`title` and `code` never vary, `detail` states what is wrong with this request.',
    '',
    ...Object.keys(problemParagraphs).flatMap((code) => sectionOf(code as keyof typeof problemParagraphs)),
  ].join('\n');
}

function sectionOf(code: ErrorCode | 'internalError'): string[] {
  const [status, title] = problems[code];
  const { means, remedy } = problemParagraphs[code];
  return [`<a id="${code}"></a>`, '', `## ${code}`, '', `**${status} ${title}.** ${means} ${remedy}`, ''];
}
