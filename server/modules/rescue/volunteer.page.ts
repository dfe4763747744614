import { type Html, html } from '../../kernel/html.ts';
import { type Language, say } from '../../kernel/language.ts';
import { field, formPage, type Reading } from '../../kernel/plain-form.ts';
import { dayOf } from '../../kernel/time.ts';
import type { OwnForce } from './volunteer.views.ts';
import type { HandedAccount } from './volunteer-admission.service.ts';
import type { Applied } from './volunteer-apply.service.ts';

type T = (what: string, params?: Record<string, string | number>) => string;
const wordsOf =
  (language: Language): T =>
  (what, params = {}) =>
    say(`rescue.volunteer.page.${what}`, language, params);

const pageWith =
  (isOnce: boolean) =>
  (title: string, body: Html, reading: Reading): string =>
    formPage({ title, body, foot: wordsOf(reading.language)('foot'), isOnce }, reading);
const page = pageWith(false);
/** With a code or a password on it that is shown this once. */
const oncePage = pageWith(true);

const CATEGORIES = ['fire_volunteer', 'retired_technician', 'property_crew', 'rescue_team', 'other'] as const;

/** The door: apply, or look at one's application. */
export function volunteerDoor(reading: Reading): string {
  const t = wordsOf(reading.language);
  const body = html`<p>${t('lead')}</p>
    <nav><a href="/~/volunteer/apply">${t('apply')}</a></nav>
    <form method="post" action="/~/volunteer"><h2>${t('look')}</h2>
      ${field(reading, { name: 'code', label: t('code'), hint: t('code_hint'), extra: 'autocapitalize="characters" maxlength="40"' })}
      <button>${t('open')}</button></form>`;
  return page(t('title'), body, reading);
}

export type Form = { key: string; districts: ReadonlyMap<string, string>; reading: Reading };

/** The application: who, what he can do, where and when. */
export function applyPage({ key, districts, reading }: Form): string {
  const t = wordsOf(reading.language);
  const body = html`<p>${t('apply_lead')}</p><form method="post" action="/~/volunteer/apply">
    <input type="hidden" name="key" value="${key}">
    <h2>${t('who')}</h2>${who(reading, t)}
    <h2>${t('able')}</h2>${able(reading, t)}
    <h2>${t('where_when')}</h2>
    ${choice(reading, { name: 'district', label: t('district'), options: [...districts] })}
    ${field(reading, { name: 'address', label: t('address'), hint: t('address_hint'), extra: 'maxlength="120"' })}
    ${field(reading, { name: 'nearCode', label: t('near_code'), hint: t('near_code_hint'), extra: 'inputmode="numeric" maxlength="6"', isOptional: true })}
    ${weekdays(reading, t)}
    <div class="pair">${field(reading, { name: 'fromTime', label: t('from'), type: 'time' })}
    ${field(reading, { name: 'toTime', label: t('to'), type: 'time' })}</div>
    <p class="hint">${t('hours_hint')}</p>
    <p class="hint">${t('privacy')}</p><button>${t('send')}</button></form>`;
  return page(t('apply'), body, reading);
}

const who = (reading: Reading, t: T): Html => html`
  ${choice(reading, {
    name: 'applicant',
    label: t('applicant'),
    options: [
      ['person', t('applicant_person')],
      ['organisation', t('applicant_organisation')],
    ],
  })}
  ${choice(reading, {
    name: 'category',
    label: t('category'),
    options: CATEGORIES.map((c) => [c, say(`rescue.volunteer.category.${c}`, reading.language)]),
  })}
  ${field(reading, { name: 'name', label: t('name'), extra: 'maxlength="60"' })}
  ${field(reading, { name: 'contact', label: t('contact'), hint: t('contact_hint'), extra: 'maxlength="30"', isOptional: true })}
  ${field(reading, { name: 'phone', label: t('phone'), hint: t('phone_hint'), type: 'tel', extra: 'inputmode="tel" autocomplete="tel" maxlength="20"' })}
  ${area(reading, { name: 'members', label: t('members'), hint: t('members_hint'), isOptional: true })}`;

const able = (reading: Reading, t: T): Html => html`
  ${area(reading, { name: 'competence', label: t('competence'), hint: t('competence_hint') })}
  ${field(reading, { name: 'certificateKind', label: t('certificate_kind'), hint: t('certificate_hint'), extra: 'maxlength="40"', isOptional: true })}
  ${field(reading, { name: 'certificateNumber', label: t('certificate_number'), extra: 'maxlength="40"', isOptional: true })}
  ${field(reading, { name: 'certificateUntil', label: t('certificate_until'), type: 'date', isOptional: true })}`;

type Choice = { name: string; label: string; options: readonly (readonly [value: string, label: string])[] };

const choice = ({ typed, fault }: Reading, { name, label, options }: Choice): Html =>
  html`<label>${label}<select name="${name}"${fault?.field === name && html` aria-invalid="true"`}>${options.map(
    ([value, text]) => html`<option value="${value}"${typed[name] === value && html` selected`}>${text}</option>`,
  )}</select></label>`;

type Area = { name: string; label: string; hint: string; isOptional?: boolean };

const area = ({ typed, fault }: Reading, { name, label, hint, isOptional }: Area): Html =>
  html`<label>${label}<textarea name="${name}" maxlength="1000"${isOptional !== true && html` required`}${
    fault?.field === name && html` aria-invalid="true" autofocus`
  }>${typed[name] ?? ''}</textarea></label><p class="hint">${hint}</p>`;

const weekdays = ({ typed, language, fault }: Reading, t: T): Html =>
  html`<fieldset${fault?.field === 'weekdays' && html` aria-invalid="true"`}><legend>${t('weekdays')}</legend><div class="ticks">${[
    1, 2, 3, 4, 5, 6, 7,
  ].map(
    (day) =>
      html`<label><input type="checkbox" name="day${day}" value="1"${typed[`day${day}`] === '1' && html` checked`}>${say(
        `rescue.volunteer.weekday.${day}`,
        language,
      )}</label>`,
  )}</div></fieldset>`;

/** Taken: the number, and the code to look at it with, shown this once. */
export function appliedPage({ number, code, token }: Applied, reading: Reading): string {
  const t = wordsOf(reading.language);
  const body = html`<p class="sent" role="status">${t('taken', { number })}</p>
    <div class="card"><p>${t('keep_code')}</p><p class="code">${code}</p></div>
    <p>${t('next')}</p>
    <nav><a href="/~/volunteer/t/${token}">${t('to_own')}</a></nav>`;
  return oncePage(t('title'), body, reading);
}

export type Own = { force: OwnForce; token: string; handed: HandedAccount | null };

/** One's own application: how far it is, what can still be added, and, once it stands, the accounts of those who go. */
export function ownPage({ force, token, handed }: Own, reading: Reading): string {
  const t = wordsOf(reading.language);
  const open = force.state === 'waiting' || force.state === 'approved';
  const body = html`<dl><dt>${t('number')}</dt><dd>${force.number}</dd>
    <dt>${t('applied_on')}</dt><dd>${dayOf(force.appliedAt)}</dd></dl>
    <div class="card"><h2>${say(`rescue.volunteer.state.${force.state}`, reading.language)}</h2>
    <p>${t(`state_${force.state}`, { until: force.validUntil ?? '', reason: force.reason })}</p></div>
    ${handed !== null && handedCard(handed, t)}
    ${force.state === 'approved' && members(force, token, t)}
    ${open && papers(force, token, t)}
    ${open && leave(token, t)}
    ${!open && html`<nav><a href="/~/volunteer/apply">${t('apply_again')}</a></nav>`}`;
  return (handed === null ? page : oncePage)(t('own'), body, reading);
}

const handedCard = ({ username, password }: HandedAccount, t: T): Html =>
  html`<div class="card" role="status"><p>${t('account_once')}</p><dl><dt>${t('username')}</dt><dd>${username}</dd>
    <dt>${t('password')}</dt><dd>${password}</dd></dl><p>${t('account_then')}</p></div>`;

const members = (force: OwnForce, token: string, t: T): Html =>
  html`<h2>${t('accounts')}</h2><p>${t('accounts_lead')}</p>${force.members.map(
    ({ place, name, hasAccount }) =>
      html`<form method="post" action="/~/volunteer/t/${token}/account"><input type="hidden" name="place" value="${place}">
      <p><strong>${name}</strong>　${t(hasAccount ? 'account_there' : 'account_none')}</p>
      <button>${t(hasAccount ? 'account_again' : 'account_open')}</button></form>`,
  )}`;

const papers = (force: OwnForce, token: string, t: T): Html =>
  html`<form method="post" action="/~/volunteer/t/${token}/papers" enctype="multipart/form-data"><h2>${t('papers')}</h2>
    <p>${t('papers_have', { n: force.papers })}</p>
    <label>${t('paper')}<input type="file" name="file" accept="image/jpeg,image/png,image/webp,application/pdf" required></label>
    <button>${t('paper_send')}</button></form>`;

const leave = (token: string, t: T): Html =>
  html`<form method="post" action="/~/volunteer/t/${token}/withdraw"><h2>${t('withdraw')}</h2><p>${t('withdraw_means')}</p>
    <div class="ticks"><label><input type="checkbox" name="sure" value="1" required>${t('withdraw_sure')}</label></div>
    <button class="quiet">${t('withdraw')}</button></form>`;
