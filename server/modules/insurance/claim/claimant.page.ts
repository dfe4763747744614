import { type Html, html } from '../../../kernel/html.ts';
import { type Language, say } from '../../../kernel/language.ts';
import { field, formPage, type Reading } from '../../../kernel/plain-form.ts';
import { dayOf } from '../../../kernel/time.ts';
import { yuan } from './claim-letter.store.ts';
import type { ClaimantView } from './claimant.views.ts';

type T = (what: string, params?: Record<string, string | number>) => string;
const wordsOf =
  (language: Language): T =>
  (what, params = {}) =>
    say(`insurance.claimant.${what}`, language, params);

const page = (title: string, body: Html, reading: Reading): string =>
  formPage({ title, body, foot: wordsOf(reading.language)('foot') }, reading);

/** The door: a claim code, or a report. */
export function doorPage(reading: Reading): string {
  const t = wordsOf(reading.language);
  const body = html`<p>${t('door_lead')}</p>
    <form method="post" action="/~/claim">
      ${field(reading, { name: 'code', label: t('code'), hint: t('code_hint'), extra: 'autocomplete="one-time-code" autocapitalize="characters" maxlength="40"' })}
      <p></p><button>${t('open')}</button></form>
    <div class="card"><h2>${t('no_code')}</h2><p>${t('no_code_hint')}</p></div>
    <nav><a href="/~/claim/report">${t('report')}</a></nav>`;
  return page(t('title'), body, reading);
}

/** One's own claim: what is due, how far it is, what came, and what is still to be said. */
export function claimPage(view: ClaimantView, token: string, reading: Reading): string {
  const t = wordsOf(reading.language);
  const { head, accepted } = view;
  const amount = view.refusal === null && accepted !== 0 ? (accepted ?? head?.due) : undefined;
  const body = html`<p class="where">${view.address}</p>
    ${
      amount !== undefined &&
      html`<div class="card"><p>${t(accepted === null ? 'amount_expected' : 'amount')}</p><p class="sum">${yuan(amount)}</p>
      ${head !== null && html`<p>${trappedFor(head.trappedSeconds, t)}</p>`}</div>`
    }
    ${way(view, reading.language)}
    ${moneySoFar(view, t)}
    ${view.papersMissing.length > 0 && html`<div class="card"><h2>${t('papers')}</h2><ul>${view.papersMissing.map((p) => html`<li>${p}</li>`)}</ul></div>`}
    ${view.party === null ? view.refusal === null && personForm(token, reading) : partyFacts(view, t)}
    ${photoForm(token, view, reading)}
    <dl><dt>${t('number')}</dt><dd>${view.number}</dd><dt>${t('insurer')}</dt><dd>${view.insurer}</dd></dl>`;
  return page(t('own'), body, reading);
}

/** How long he was inside, in hours once it was an hour. */
function trappedFor(total: number, t: T): string {
  const [hours, minutes, seconds] = [Math.floor(total / 3_600), Math.floor((total % 3_600) / 60), total % 60];
  return hours > 0 ? t('trapped_hours', { hours, minutes }) : t('trapped', { minutes, seconds });
}

type Step = readonly [word: string, done: boolean];

/** The way of a claim in the reader's words: what is done, what is being done, what comes. */
function way(view: ClaimantView, language: Language): Html {
  const t = wordsOf(language);
  const steps = stepsOf(view);
  const now = steps.findIndex(([, done]) => !done);
  const reason = view.refusal && say(`insurance.refusal_reason.${view.refusal}`, language);
  const withHandler = view.head?.state === 'to_handler' && now >= 0 && reason === null;
  return html`<ol class="way">${steps.map(
    ([step, done], i) =>
      html`<li class="${done ? 'done' : i === now ? 'now' : ''}">${t(i === now ? `${step}_now` : step)}</li>`,
  )}</ol>${reason !== null && html`<div class="card"><p>${t('refused_because', { reason })}</p><p>${t('refused_rights')}</p></div>`}
    ${withHandler && html`<p class="card">${t('with_handler')}</p>`}`;
}

function stepsOf(view: ClaimantView): readonly Step[] {
  const filled = view.party !== null;
  const begun: readonly Step[] = [
    ['step_reported', true],
    ['step_filled', filled],
  ];
  if (view.refusal !== null)
    return [
      ['step_reported', true],
      ['step_refused', true],
    ];
  const decided: Step = ['step_decided', filled && view.accepted !== null];
  if (view.accepted === 0) return [...begun, ['step_nothing', filled]];
  return [...begun, decided, [isReturned(view) ? 'step_returned' : 'step_paid', filled && isPaid(view)]];
}

const arrivedOf = ({ payments }: ClaimantView): number =>
  payments.filter((p) => p.state === 'paid').reduce((at, p) => at + p.amount, 0);

/** All that was decided has arrived: an advance is not the whole. */
const isPaid = (view: ClaimantView): boolean => view.accepted !== null && arrivedOf(view) >= view.accepted;

/** The bank gave the last payment back, and it was not ordered again yet. */
const isReturned = (view: ClaimantView): boolean => !isPaid(view) && view.payments.at(-1)?.state === 'returned';

/** What arrived and when, and what came back. */
function moneySoFar(view: ClaimantView, t: T): Html | false {
  const arrived = view.payments.filter((p) => p.state === 'paid' && p.paidAt !== null);
  if (arrived.length === 0 && !isReturned(view)) return false;
  return html`<div class="card">${arrived.map(
    ({ kind, amount, paidAt }) =>
      html`<p>${t(`arrived_${kind}`, { amount: yuan(amount), on: dayOf(new Date(paidAt ?? '')) })}</p>`,
  )}${isReturned(view) && html`<p>${t('returned', { insurer: view.insurer })}</p>`}</div>`;
}

const partyFacts = (view: ClaimantView, t: T): Html =>
  html`<dl><dt>${t('name')}</dt><dd>${view.party?.name ?? ''}</dd><dt>${t('account')}</dt><dd>${view.party?.account ?? ''}</dd></dl>`;

function personForm(token: string, reading: Reading): Html {
  const t = wordsOf(reading.language);
  const other = reading.typed['idKind'] === 'other';
  return html`<form method="post" action="/~/claim/t/${token}"><h2>${t('who')}</h2><p>${t('who_hint')}</p>
    ${field(reading, { name: 'name', label: t('name'), extra: 'autocomplete="name" maxlength="60"' })}
    <label>${t('id_kind')}<select name="idKind"><option value="resident">${t('id_resident')}</option>
      <option value="other"${other && html` selected`}>${t('id_other')}</option></select></label>
    ${field(reading, { name: 'idNumber', label: t('id_number'), extra: 'maxlength="20" autocapitalize="characters"' })}
    ${field(reading, { name: 'phone', label: t('phone'), type: 'tel', extra: 'inputmode="tel" autocomplete="tel" maxlength="20"' })}
    ${field(reading, { name: 'bank', label: t('bank'), extra: 'maxlength="60"' })}
    ${field(reading, { name: 'account', label: t('account_number'), hint: t('account_hint'), extra: 'inputmode="numeric" maxlength="40"' })}
    <p class="hint">${t('privacy')}</p><button>${t('send')}</button></form>`;
}

const photoForm = (token: string, view: ClaimantView, { language }: Reading): Html => {
  const t = wordsOf(language);
  return html`<form method="post" action="/~/claim/t/${token}/photos" enctype="multipart/form-data"><h2>${t('photos')}</h2>
    <p>${t('photos_have', { n: view.papers })}</p>
    <label>${t('photo')}<input type="file" name="file" accept="image/jpeg,image/png,image/webp,application/pdf" required></label>
    <p></p><button>${t('photo_send')}</button></form>`;
};

const KINDS = ['injury', 'property', 'entrapment', 'other'] as const;

/** Tell the insurer of an accident at this elevator. */
export function reportPage(key: string, reading: Reading): string {
  const t = wordsOf(reading.language);
  const { typed } = reading;
  const body = html`<p>${t('report_lead')}</p><form method="post" action="/~/claim/report">
    <input type="hidden" name="key" value="${key}">
    ${field(reading, { name: 'code', label: t('elevator'), hint: t('elevator_hint'), extra: 'inputmode="numeric" maxlength="40"' })}
    <label>${t('what')}<select name="kind">${KINDS.map(
      (kind) => html`<option value="${kind}"${typed['kind'] === kind && html` selected`}>${t(`kind_${kind}`)}</option>`,
    )}</select></label>
    ${field(reading, { name: 'happenedAt', label: t('when'), type: 'datetime-local', extra: '' })}
    <label>${t('said')}<textarea name="said" maxlength="500" required>${typed['said'] ?? ''}</textarea></label>
    ${field(reading, { name: 'name', label: t('name'), extra: 'autocomplete="name" maxlength="60"' })}
    ${field(reading, { name: 'phone', label: t('phone'), type: 'tel', extra: 'inputmode="tel" autocomplete="tel" maxlength="20"' })}
    <p class="hint">${t('privacy')}</p><button>${t('report_send')}</button></form>`;
  return page(t('report'), body, reading);
}

export type ReportAnswer = { outcome: 'opened' | 'joined' | 'no_cover'; number: string | null; code: string | null };

/** What became of a report, and the code to follow it with: shown once, on this page only. */
export function reportedPage({ outcome, number, code }: ReportAnswer, reading: Reading): string {
  const t = wordsOf(reading.language);
  const body = html`<p class="sent" role="status">${t(`reported_${outcome}`, { number: number ?? '' })}</p>
    ${code !== null && html`<div class="card"><p>${t('keep_code')}</p><p class="code">${code}</p></div>`}
    <nav><a href="/~/claim">${t('to_door')}</a></nav>`;
  return page(t('report'), body, reading);
}
