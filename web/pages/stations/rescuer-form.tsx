import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { rescuerChoice } from '../../../contract/rescue-field.ts';
import { get, post } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';
import { useOrgChoice } from '../identity/org-choice.ts';
import { EndButton } from './end-button.tsx';
import { KINDS, type Rescuer, useReread, useStations } from './field.ts';

const factsOf = (was: Rescuer | null) => ({
  personId: was?.personId ?? '',
  stationId: was?.stationId ?? '',
  label: was?.label ?? '',
  kind: was?.kind ?? 'maintenance',
  certifiedUntil: was?.certifiedUntil ?? '',
});

/** Register one of an organisation's people as a rescuer, or change what is kept of him. */
export function RescuerForm({ was, onDone }: { was: Rescuer | null; onDone: () => void }) {
  const say = useSay();
  const me = useMe();
  const act = useAct();
  const reread = useReread();
  const orgs = useOrgChoice(me.org);
  const [orgId, setOrgId] = useState(was?.orgId ?? me.org?.id ?? '');
  const [given, setGiven] = useState(factsOf(was));
  const faults = faultsByField(act.problem);
  const set = (facts: Partial<typeof given>) => setGiven({ ...given, ...facts });
  const stations = useStations().data?.items.filter((s) => s.orgId === orgId) ?? [];
  const send = async () => {
    const { stationId, certifiedUntil, ...facts } = given;
    await post('/rescue/rescuers', {
      ...facts,
      stationId: stationId || null,
      certifiedUntil: certifiedUntil || null,
    });
    await reread();
    onDone();
  };
  return (
    <div className="form-body stack">
      <Form act={act} submit={say('web.act.save')} onSubmit={() => void act.run(send)} onCancel={onDone}>
        <h2>{say(was ? 'rescue.field.edit_rescuer' : 'rescue.field.add_rescuer')}</h2>
        {was ? (
          <p>
            {was.name} <span className="muted">{was.org}</span>
          </p>
        ) : (
          <>
            <ChoiceField label={say('rescue.field.org')} {...orgs} value={orgId} onChange={setOrgId} />
            <PersonChoice
              orgId={orgId}
              value={given.personId}
              onChange={(personId) => set({ personId })}
              fault={faults['personId']}
            />
          </>
        )}
        <TextField
          label={say('rescue.field.label')}
          hint={say('rescue.field.label_hint')}
          value={given.label}
          onChange={(label) => set({ label })}
          fault={faults['label']}
        />
        <ChoiceField
          label={say('rescue.field.kind')}
          options={KINDS.map((kind) => ({ value: kind, label: say(`web.stations.kind.${kind}`) }))}
          value={given.kind}
          onChange={(kind) => set({ kind: KINDS.find((k) => k === kind) ?? 'maintenance' })}
        />
        <ChoiceField
          label={say('rescue.field.station')}
          options={stations.map(({ id, name }) => ({ value: id, label: name }))}
          value={given.stationId}
          onChange={(stationId) => set({ stationId })}
        />
        <TextField
          type="date"
          label={say('rescue.field.certified_until')}
          value={given.certifiedUntil}
          onChange={(certifiedUntil) => set({ certifiedUntil })}
          fault={faults['certifiedUntil']}
        />
      </Form>
      {was ? (
        <EndButton
          label={say('rescue.field.leave')}
          title={say('rescue.field.leave_title', { label: was.label })}
          means={say('rescue.field.leave_means')}
          path={`/rescue/rescuers/${was.personId}/leave`}
          onDone={onDone}
        />
      ) : null}
    </div>
  );
}

type ChoiceProps = {
  orgId: string;
  value: string;
  onChange: (id: string) => void;
  fault: ReturnType<typeof faultsByField>[string] | undefined;
};

function PersonChoice({ orgId, value, onChange, fault }: ChoiceProps) {
  const say = useSay();
  const { data } = useQuery({
    queryKey: ['rescue', 'rescuer choice', orgId],
    queryFn: ({ signal }) => get<z.infer<typeof rescuerChoice>>('/rescue/rescuers/choice', { org: orgId }, signal),
    enabled: orgId !== '', // no organisation is chosen yet
  });
  const isNone = data !== undefined && data.items.length === 0;
  return (
    <ChoiceField
      label={say('rescue.field.person')}
      hint={say(isNone ? 'rescue.field.person_none' : 'rescue.field.person_hint')}
      options={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
      fault={fault}
    />
  );
}
