/** JSON schema of a text in one line. Without control characters: PostgreSQL cannot store a NUL. */
export function line(maxLength: number) {
  return { type: 'string', minLength: 1, maxLength, pattern: '^\\P{Cc}*$' };
}

/** `2026-11-21` */
export const day = { type: 'string', format: 'date' };

/** `2026-11` */
export const month = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$' };
