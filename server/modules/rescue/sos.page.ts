import { type Html, html } from '../../kernel/html.ts';
import { type Language, say } from '../../kernel/language.ts';
import type { Reading } from '../../kernel/plain-form.ts';
import { plainPage } from '../../kernel/plain-page.ts';
import { clockOf } from '../../kernel/time.ts';
import type { SosView } from './sos.rules.ts';
import type { SosPage } from './sos.views.ts';

type T = (what: string, params?: Record<string, string | number>) => string;
const wordsOf =
  (language: Language): T =>
  (what, params = {}) =>
    say(`rescue.sos.${what}`, language, params);

/** The progress refreshes itself this often. */
export const REFRESH_SECONDS = 10;

/**
 * The page of a person who waits inside. What he needs most, the number and the code, stands still on it; only the
 * progress in its frame is read again, so that a dead spot never takes the number away.
 */
export function sosPage({ address, rescueCode }: SosPage, hotline: string, reading: Reading): string {
  const { language, big, path } = reading;
  const t = wordsOf(language);
  const body = html`<p class="where">${address}</p>
    <iframe class="now" name="now" src="${path}/now" title="${t('title')}"></iframe>
    <nav><a href="${path}/now" target="now">${t('refresh')}</a></nav>
    <p class="hint">${t('refresh_hint', { seconds: REFRESH_SECONDS })}</p>
    <section class="help"><a class="call" href="tel:${hotline}">${t('call', { number: hotline })}</a>
    ${rescueCode !== '' && html`<p>${t('code')}</p><p class="code">${rescueCode.replace(/(...)(?=.)/, '$1 ')}</p>`}</section>
    ${rescueCode !== '' && html`<nav><a href="/~/claim/report?code=${rescueCode}">${t('accident')}</a></nav>`}
    <nav><a href="${path}?big=${big ? '0' : '1'}">${say(`kernel.page.${big ? 'normal' : 'bigger'}`, language)}</a>
    <a href="${path}?lang=${language === 'zh' ? 'en' : 'zh'}">${say('kernel.page.language', language)}</a></nav>
    <footer>${t('foot')}</footer>`;
  return plainPage({ title: t('title'), body, language, big });
}

/** The part that is read again: where the rescue stands, what comes, what to do meanwhile. Ends when it is over. */
export function sosNow(view: SosView, at: string, { language, big }: Reading): string {
  const t = wordsOf(language);
  const body = html`<h1 role="status">${t(`stage.${view.stage}`)}</h1>
    ${view.etaMinutes !== null && html`<p class="sum">${t('eta', { minutes: view.etaMinutes })}</p>`}
    ${view.crew !== null && html`<p>${t(`crew.${view.crew}`)}</p>`}
    ${way(view, t)}
    <div class="card">${view.lines.map((line) => html`<p>${say(line, language)}</p>`)}</div>
    <p class="hint">${t('as_of', { at })}</p>`;
  const over = view.stage === 'after' || view.stage === 'dismissed';
  return plainPage({ title: t('title'), body, language, big, ...(over ? {} : { refreshSeconds: REFRESH_SECONDS }) });
}

function way({ steps, stage }: SosView, t: T): Html | false {
  if (stage === 'dismissed') return false;
  const next = steps.findIndex((step) => step.at === null);
  return html`<ol class="way">${steps.map(
    ({ name, at }, i) =>
      html`<li class="${at ? 'done' : i === next ? 'now' : ''}">${t(`step.${name}`)}${
        at !== null && html` <span class="at">${clockOf(at)}</span>`
      }</li>`,
  )}</ol>`;
}

/** The page ran out, or never was: the number stands on it all the same. */
export function sosGone(hotline: string, { language, big }: Reading): string {
  const t = wordsOf(language);
  const body = html`<h1>${t('gone')}</h1><section class="help"><p>${t('gone_hint', { number: hotline })}</p>
    <a class="call" href="tel:${hotline}">${t('call', { number: hotline })}</a></section>`;
  return plainPage({ title: t('gone'), body, language, big });
}
