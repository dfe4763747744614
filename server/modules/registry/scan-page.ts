import { type Html, html } from '../../kernel/html.ts';
import { say } from '../../kernel/language.ts';
import type { Reading } from '../../kernel/plain-form.ts';
import { plainPage } from '../../kernel/plain-page.ts';
import type { MapState } from './points.rules.ts';
import type { ScanView } from './scan.views.ts';

export type ScanPage = {
  view: ScanView;
  reading: Reading;
  hotline: string;
  today: string;
  live: MapState | null; // null: nothing is known
  cover: { insurer: string; until: string } | 'none' | null; // null: nothing is known of insurance
  key: string; // of the next call for help: sent twice, it is one
};

/** The page behind the code on an elevator: plain HTML that an old phone opens, without script, cookie wall or log-in. */
export function scanPage(page: ScanPage): string {
  const { view, hotline } = page;
  const { language, big, path } = page.reading;
  const code = view.rescueCode ?? view.registrationCode ?? '';
  const t = (what: string, params: Record<string, string> = {}) => say(`registry.scan.${what}`, language, params);
  const body = html`
    <h1>${stateLine(page)}</h1>
    <p class="where">${view.address}</p>
    <section class="help" aria-labelledby="help">
      <h2 id="help">${t('trapped')}</h2>
      <a class="call" href="tel:${hotline}">${t('call', { number: hotline })}</a>
      ${view.rescueCode !== null && html`<p>${t('code_hint')}</p><p class="code">${spaced(view.rescueCode)}</p>`}
      <p>${t('calm')}</p>
      ${code !== '' && sosForm(page, code)}
    </section>
    ${code !== '' && html`<nav><a href="/~/claim/report?code=${code}">${t('accident')}</a></nav>`}
    <nav><a href="/~/claim">${t('claim_code')}</a></nav>
    ${facts(page)}
    <nav>
      <a href="${path}?big=${big ? '0' : '1'}">${big ? t('normal') : t('bigger')}</a>
      <a href="${path}?lang=${language === 'zh' ? 'en' : 'zh'}">${t('language')}</a>
    </nav>
    <footer>${t('foot')}</footer>`;
  return plainPage({ title: t('title', { code }), body, language, big });
}

/** Said when a code is not ours: the person may stand before a stuck car all the same. */
export function strangeCodePage(hotline: string, { language, big }: Reading): string {
  const t = (what: string, params: Record<string, string> = {}) => say(`registry.scan.${what}`, language, params);
  const body = html`<h1>${t('not_ours')}</h1>
    <section class="help"><a class="call" href="tel:${hotline}">${t('call', { number: hotline })}</a>
    <p>${t('not_ours_hint', { number: hotline })}</p></section>`;
  return plainPage({ title: t('not_ours'), body, language, big });
}

const RUNS = new Set(['in_use', 'registered']);

function stateLine({ view, live, reading: { language } }: ScanPage): string {
  if (!RUNS.has(view.state)) {
    return say('registry.scan.runs_not', language, { state: say(`registry.state.${view.state}`, language) });
  }
  if (live === 'fault' || live === 'trapped') return say('registry.scan.fault', language);
  return say('registry.scan.runs', language);
}

function sosForm({ key, reading: { language } }: ScanPage, code: string): Html {
  const t = (what: string) => say(`registry.scan.${what}`, language);
  return html`<form method="post" action="/api/v1/rescue/sos">
    <input type="hidden" name="key" value="${key}"><input type="hidden" name="code" value="${code}">
    <button>${t('sos')}</button>
    <p>${t('sos_hint')}</p>
    <label>${t('phone')}<input name="caller" type="tel" inputmode="tel" autocomplete="tel" maxlength="24"></label>
    <div class="ticks"><label><input type="checkbox" name="claimText" value="yes">${t('claim_text')}</label></div>
    <label>${t('said')}<input name="said" maxlength="200"></label>
  </form>`;
}

function facts({ view, live, today, cover, reading: { language } }: ScanPage): Html {
  const t = (what: string, params: Record<string, string> = {}) => say(`registry.scan.${what}`, language, params);
  const late = view.nextInspectionOn !== null && view.nextInspectionOn < today;
  const due = view.nextInspectionOn ?? t('inspection_unknown');
  const rows: readonly (readonly [string, string | null])[] = [
    [t('rescue_code'), view.rescueCode],
    [t('registration_code'), view.registrationCode],
    [t('variety'), say(`registry.variety.${view.variety}`, language)],
    [t('in_use_since'), view.inUseOn],
    [t('inspection'), late ? t('inspection_late', { on: due }) : due],
    [t('use_unit'), view.useUnit ?? t('use_unit_unknown')],
    [t('maintenance'), view.maintenance],
    [t('inspector'), view.inspection],
    [t('maker'), view.maker],
    ...(cover === null
      ? []
      : [[t('insurance'), cover === 'none' ? t('insurance_none') : t('insured', cover)] as const]),
  ];
  return html`<section aria-labelledby="facts"><h2 id="facts">${t('identity')}</h2>
    ${live !== null && live !== 'unknown' && html`<p>${t(liveWord(live))}</p>`}
    <dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value ?? t('none')}</dd>`)}</dl></section>`;
}

const liveWord = (live: MapState): string =>
  live === 'offline' ? 'offline' : live === 'fault' || live === 'trapped' ? 'fault' : 'live_normal';

const spaced = (code: string): string => (code.length === 6 ? `${code.slice(0, 3)} ${code.slice(3)}` : code);
