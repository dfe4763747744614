import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { webhookMade } from '../../../contract/webhooks.ts';
import { post, put } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay, useWord } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { ManyField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';
import { Once } from './once.tsx';
import type { Webhook } from './webhooks.tsx';

const EVENTS = ['incident_opened', 'incident_changed', 'people_released', 'incident_closed'] as const;

/** A new webhook, with its secret shown once, or a change of one. */
export function WebhookForm({ was, onDone }: { was: Webhook | null; onDone: () => void }) {
  const say = useSay();
  const word = useWord();
  const act = useAct();
  const queries = useQueryClient();
  const [secret, setSecret] = useState('');
  const [given, setGiven] = useState<{ name: string; url: string; events: string[] }>({
    name: was?.name ?? '',
    url: was?.url ?? '',
    events: was ? [...was.events] : ['rescue.incident_opened', 'rescue.incident_closed'],
  });
  const faults = faultsByField(act.problem);
  const send = async () => {
    if (was) await put(`/webhooks/${was.id}`, { ...given, active: was.active, version: was.version });
    const made = was ? null : await post<z.infer<typeof webhookMade>>('/webhooks', given);
    await queries.invalidateQueries({ queryKey: ['identity', '/webhooks'] });
    if (made) setSecret(made.secret);
    else onDone();
  };
  if (secret)
    return (
      <div className="form-body">
        <Once why={say('web.webhooks.once')} lines={[[say('web.webhooks.secret'), secret]]} />
      </div>
    );
  return (
    <div className="form-body">
      <Form act={act} submit={say('web.act.save')} onSubmit={() => void act.run(send)} onCancel={onDone}>
        <h2>{say(was ? 'web.webhooks.edit' : 'web.webhooks.add')}</h2>
        <TextField
          label={say('web.webhooks.name')}
          value={given.name}
          onChange={(name) => setGiven({ ...given, name })}
          fault={faults['name']}
        />
        <TextField
          label={say('web.webhooks.url')}
          hint={say('web.webhooks.url_hint')}
          value={given.url}
          onChange={(url) => setGiven({ ...given, url })}
          fault={faults['url']}
        />
        <ManyField
          label={say('web.webhooks.events')}
          options={EVENTS.map((e) => ({ value: `rescue.${e}`, label: word('web.webhooks.event', e) }))}
          value={given.events}
          onChange={(events) => setGiven({ ...given, events })}
          fault={faults['events']}
        />
      </Form>
    </div>
  );
}
