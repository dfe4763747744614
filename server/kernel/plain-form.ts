import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Html, html } from './html.ts';
import { type Language, languageOf, say } from './language.ts';
import { plainPage } from './plain-page.ts';

/** How a plain page is read: its language, its size, what was wrong with what was just sent. */
export type Reading = {
  language: Language;
  big: boolean;
  path: string; // of this page, for the links that change language and size
  fault: { title: string; field: string } | null;
  typed: Readonly<Record<string, string>>;
};

/** What any plain page may be asked with. */
export const plainQuery = z.object({ big: z.enum(['0', '1']).optional(), lang: z.enum(['zh', 'en']).optional() });

const YEAR_SECONDS = 31_536_000;

/** Language and size as the reader chose them, on this page or on any other. */
export function readingOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { path, typed = {} }: { path: string; typed?: Readonly<Record<string, string>> },
): Reading {
  const { big, lang } = plainQuery.catch({}).parse(request.query ?? {});
  const keep = { path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax' as const, httpOnly: true };
  if (big) void reply.setCookie('tian_big', big, { ...keep, path: '/~/' });
  if (lang) void reply.setCookie('tian_lang', lang, keep);
  const language: Language = lang ?? languageOf(request);
  return { language, big: (big ?? request.cookies['tian_big']) === '1', path, fault: null, typed };
}

/** The same page again, saying what was wrong. */
export const refused = (
  reading: Reading,
  refusal: { code: string; field?: string; [param: string]: unknown },
  fallback: string,
): Reading => ({
  ...reading,
  fault: { title: say(refusal.code, reading.language, refusal), field: refusal.field ?? fallback },
});

/** `isOnce`: what it shows is never shown again, so no link asks for it in another language or size. */
type Content = { title: string; body: Html; foot: string; isOnce?: boolean };

/** A whole page: title, what was wrong, content, the links that change size and language, the foot. */
export function formPage({ title, body, foot, isOnce = false }: Content, reading: Reading): string {
  const { language, big, path, fault } = reading;
  const t = (what: string) => say(`kernel.page.${what}`, language);
  const link = (query: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`;
  const whole = html`<div class="calm"><h1>${title}</h1>
    ${fault !== null && html`<p class="fault" role="alert">${fault.title}</p>`}
    ${body}
    ${
      !isOnce &&
      html`<nav><a href="${link(`big=${big ? '0' : '1'}`)}">${t(big ? 'normal' : 'bigger')}</a>
      <a href="${link(`lang=${language === 'zh' ? 'en' : 'zh'}`)}">${t('language')}</a></nav>`
    }
    <footer>${foot}</footer></div>`;
  return plainPage({ title, body: whole, language, big });
}

export type Input = {
  name: string;
  label: string;
  hint?: string;
  extra?: string; // attributes of ours
  type?: string;
  isOptional?: boolean;
};

/** A field with its label, what was typed, and a mark when it is the one that was wrong. */
export function field(
  { typed, fault }: Reading,
  { name, label, hint, extra = '', type = 'text', isOptional }: Input,
): Html {
  const wrong = fault?.field === name;
  return html`<label>${label}<input name="${name}" type="${type}" value="${typed[name] ?? ''}" ${{ html: extra }}${
    isOptional !== true && html` required`
  }${wrong && html` aria-invalid="true" autofocus`}></label>${hint !== undefined && html`<p class="hint">${hint}</p>`}`;
}

/** Send a page that others may show inside theirs, and that no cache keeps. */
export function showPlain(reply: FastifyReply, page: string) {
  const policy = String(reply.getHeader('content-security-policy') ?? '');
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', policy.replace(/frame-ancestors [^;]*/, 'frame-ancestors *'))
    .removeHeader('x-frame-options')
    .send(page);
}
