import { z } from 'zod';
import { SANDBOX_KINDS, SANDBOX_PATH, type SandboxKeys, sandboxRequestSchema } from '../../../contract/sandbox.ts';
import { html } from '../../kernel/html.ts';
import { originOf, type Routes } from '../../kernel/http.ts';
import { say } from '../../kernel/language.ts';
import { field, formPage, plainQuery, type Reading, readingOf, refused, showPlain } from '../../kernel/plain-form.ts';
import { clockOf, dayOf } from '../../kernel/time.ts';
import { type At, commandsFor } from './commands.rules.ts';
import { HANDED_AN_HOUR, sandboxStatus } from './offer.routes.ts';
import { handOut, type SandboxDeps } from './offer.service.ts';

const form = z.record(z.string(), z.string().max(1_000)).default({});

/** A page on which anybody takes keys of the sandbox, with commands that work as they stand. */
export const sandboxPages =
  (deps: SandboxDeps & { mqttPort: number; mqttTls: boolean }): Routes =>
  async (app) => {
    app.get(SANDBOX_PATH, { schema: { hide: true, querystring: plainQuery } }, (request, reply) =>
      showPlain(reply, askPage(readingOf(request, reply, { path: SANDBOX_PATH, typed: { kind: 'maker' } }))),
    );
    app.post(
      SANDBOX_PATH,
      { config: { anyOrigin: true, ...HANDED_AN_HOUR }, schema: { hide: true, body: form } },
      async (request, reply) => {
        const reading = readingOf(request, reply, { path: SANDBOX_PATH, typed: request.body });
        const read = sandboxRequestSchema.safeParse(request.body);
        if (!read.success) {
          const wrong = refused(reading, { code: 'sandbox.page.name_needed', field: 'name' }, 'name');
          return showPlain(reply.code(400), askPage(wrong));
        }
        const done = await handOut(deps, read.data);
        if (!done.ok)
          return showPlain(
            reply.code(sandboxStatus[done.refusal.code]),
            askPage(refused(reading, done.refusal, 'kind')),
          );
        const { mqttPort, mqttTls, now } = deps;
        const at = { origin: originOf(request), host: request.hostname, mqttPort, mqttTls, now: now() };
        return showPlain(reply, keysPage({ keys: done.value, at }, reading));
      },
    );
  };

const wordsOf =
  ({ language }: Reading) =>
  (what: string, params: Record<string, string | number> = {}) =>
    say(`sandbox.page.${what}`, language, params);

function askPage(reading: Reading): string {
  const t = wordsOf(reading);
  const options = SANDBOX_KINDS.map(
    (kind) =>
      html`<option value="${kind}"${reading.typed['kind'] === kind && html` selected`}>${say(`sandbox.kind.${kind}`, reading.language)}</option>`,
  );
  const body = html`<p>${t('lead')}</p><form method="post" action="${SANDBOX_PATH}">
    ${field(reading, { name: 'name', label: t('name'), extra: 'maxlength="60"' })}
    <label>${t('kind')}<select name="kind">${options}</select></label>
    <p class="hint">${t('kind_hint')}</p><button>${t('send')}</button></form>`;
  return formPage({ title: t('title'), body, foot: t('foot') }, reading);
}

function keysPage({ keys, at }: { keys: SandboxKeys; at: At }, reading: Reading): string {
  const t = wordsOf(reading);
  const ends = new Date(keys.endsAt);
  const codes = keys.elevators.map((e) => e.rescueCode).join(' ');
  const lines: readonly (readonly [string, string])[] = [
    ['client_id', keys.clientId],
    ...keys.secrets.map(({ door, secret }) => [t(`secret_${door}`), secret] as const),
    [t('speaks_for'), keys.org?.name ?? t('whole_city')],
    [t('grants'), keys.grants.join(' ')],
    [t('ends'), `${dayOf(ends)} ${clockOf(ends)}`],
    ...(codes === '' ? [] : [[t('elevators'), codes] as const]),
  ];
  const body = html`<p class="sent" role="status">${t('once')}</p>
    <dl>${lines.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
    <h2>${t('try')}</h2>${commandsFor(keys, at).map((command) => html`<pre>${command}</pre>`)}
    <p><a href="/api" target="_blank">${t('api')}</a></p>`;
  return formPage({ title: t('title'), body, foot: t('foot'), isOnce: true }, reading);
}
