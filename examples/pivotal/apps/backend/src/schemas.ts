/** JSON schema of a text in one line. Without control characters: PostgreSQL cannot store a NUL. */
export function line(maxLength: number) {
  return { type: 'string', minLength: 1, maxLength, pattern: '^\\P{Cc}*$' };
}
