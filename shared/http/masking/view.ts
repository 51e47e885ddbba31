/** How one caller sees the answer to one request: people only with `People.See`, and whether anyone was shown. */
import type * as z from 'zod';
import { anonymousCaller, type Caller, may } from '../../access/caller.ts';
import { AppError, type FieldError } from '../../errors.ts';
import { defined } from '../../operations/fields/defined.ts';
import { problemSchema } from '../problem.ts';
import { mask } from './mask.ts';
import { isMasked, maskedSentence } from './masked-text.ts';

export interface View {
  readonly seesPeople: boolean;
  /** The value of a schema as the caller sees it. */
  show(value: unknown, schema: z.ZodType | undefined): unknown;
  /** People will be shown, once the answer is on its way. */
  expectPeople(): void;
  /** A failure as the caller sees it. */
  failure(error: unknown): unknown;
  /** Whether something was shown that is hidden from others. */
  hasShownPeople(): boolean;
}

/** The view of everyone: what asks for no credential says nothing about calls. */
export const openView: View = viewOf({ ...anonymousCaller, roles: ['People.See'] }, false);

/** The view of a caller. Whether people were shown is found out only where it `isAudited`. */
export function viewOf(caller: Caller, isAudited: boolean): View {
  const seesPeople = may(caller, 'People.See');
  let hasShownPeople = false;
  return {
    seesPeople,
    show(value, schema) {
      if (seesPeople && (!isAudited || hasShownPeople)) {
        return value;
      }
      const masked = mask(value, schema);
      hasShownPeople ||= seesPeople && masked.hasPeople;
      return seesPeople ? value : masked.value;
    },
    expectPeople() {
      hasShownPeople = seesPeople;
    },
    failure: (error) => (error instanceof AppError && !seesPeople ? maskedError(error) : error),
    hasShownPeople: () => hasShownPeople,
  };
}

/** The error without the people whom it names. The sentences of ACS and of a parser may quote anything. */
function maskedError({ code, message, details, stack }: AppError): AppError {
  const isForeign = code === 'invalidJson' || details.acsCode !== undefined;
  const { errors, acsCode, acsMessage } = details;
  const shown = mask(defined({ errors, acsCode, acsMessage }), problemSchema).value as AppError['details'];
  return Object.assign(new AppError(code, maskedSentence(message, isForeign), { ...details, ...shown }), { stack });
}

/**
 * Refuses the texts of a body that stand for hidden ones: a resource that was read masked would be stored as it was shown.
 */
export function maskedFields(value: unknown, path = ''): readonly FieldError[] {
  if (typeof value === 'string') {
    return isMasked(value) ? [{ path, message: 'expected a value, not what stands for a hidden one' }] : [];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, member]) => {
    const step = Array.isArray(value) ? `[${name}]` : path === '' ? name : `.${name}`;
    return maskedFields(member, `${path}${step}`);
  });
}
