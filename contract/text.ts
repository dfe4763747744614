import { z } from 'zod';

/** Text that people type: no NUL, no half surrogates (the database cannot hold them), ends trimmed. */
export const typed = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((s) => !s.includes('\u0000') && !/\p{Cs}/u.test(s), 'characters that cannot be stored');
