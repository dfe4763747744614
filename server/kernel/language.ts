import type { FastifyRequest } from 'fastify';
import { hasWords, type Language, say } from '../../words/index.ts';

export { hasWords, type Language, say };

/** The language a request asks for: the cookie `tian_lang` first, then Accept-Language; Chinese otherwise. */
export function languageOf(request: FastifyRequest): Language {
  const chosen = /(?:^|;\s*)tian_lang=(zh|en)/.exec(request.headers.cookie ?? '')?.[1];
  if (chosen) return chosen === 'en' ? 'en' : 'zh';
  const first = request.headers['accept-language']?.split(',')[0]?.trim().toLowerCase() ?? '';
  return first.startsWith('en') ? 'en' : 'zh';
}
