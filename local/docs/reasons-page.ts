/** docs/reasons.md: the reasons, and the codes of ACS that they are derived from. */
import { type Reason, reasons } from '../../shared/calls/reason.ts';
import { type CodeReason, sipReasons, statusReasons, subCodeReasons } from '../../shared/calls/reason-codes.ts';
import { columns } from './columns.ts';

/** The page. */
export function reasonsPage(): string {
  const names = Object.keys(reasons) as Reason[];
  return [
    ...introduction,
    ...columns([['reason', 'meaning'], ['---', '---'], ...names.map((name) => [`\`${name}\``, reasons[name]])]),
    '',
    '## By sub-code',
    '',
    '`acsSubCode` says more than `acsCode`, so it counts first.',
    '',
    ...codesOf(subCodeReasons),
    '',
    '## By SIP status',
    '',
    'The sub-code of a telephone leg is 540000 (inbound) or 560000 (outbound) plus the SIP status: 560486 is busy.',
    '',
    ...codesOf(sipReasons),
    '',
    '## By code',
    '',
    'Where the sub-code is in neither table, or absent: `acsCode`, which of a refusal is the HTTP status. The failure of a play,',
    'recognize or hold is `mediaFailed` then, that of a stream `streamFailed`.',
    '',
    ...codesOf(statusReasons),
    '',
  ].join('\n');
}

const introduction = [
  '# Reasons',
  '',
  'Generated from `shared/calls/reason.ts` by `npm run docs`; do not edit.',
  '',
  'A call that ended, a roster entry that is over and an operation that failed have a `reason` from this closed list, beside',
  "ACS's numbers (`acsCode`, `acsSubCode`) and words (`acsMessage`). Write programs against the reason: ACS adds codes.",
  '',
];

/** Rows of codes with the source of each, which is a row of docs/acs-facts.md. */
function codesOf(rows: readonly CodeReason[]): string[] {
  return columns([
    ['code', 'reason', 'ACS means', 'source'],
    ['---', '---', '---', '---'],
    ...rows.map(({ reason, code, subCodes, means, source }) => [
      subCodes.map((one) => (code === undefined ? String(one) : `${code}/${one}`)).join(', '),
      `\`${reason}\``,
      means,
      `[${source}](acs-facts.md)`,
    ]),
  ]);
}
