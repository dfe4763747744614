import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post, put } from '../../api.ts';
import { usePlace } from '../../frame/place.ts';
import { faultsByField } from '../../problem.ts';
import { useSay, useWord } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { ManyField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';
import type { Org } from './org-sheet.tsx';
import { ORG_KINDS } from './vocabulary.ts';

type Props = { org: Org | null; onDone: (id: string) => void; onCancel: () => void };

/** Record an organisation, or change one. */
export function OrgForm({ org, onDone, onCancel }: Props) {
  const say = useSay();
  const word = useWord();
  const act = useAct();
  const queries = useQueryClient();
  const { districts } = usePlace();
  const [given, setGiven] = useState(() => begun(org));
  const set =
    <K extends keyof typeof given>(field: K) =>
    (value: (typeof given)[K]) =>
      setGiven({ ...given, [field]: value });
  const faults = faultsByField(act.problem);
  const send = async () => {
    const body = { ...given, uscc: given.uscc || null };
    const id = await save(org, body);
    await queries.invalidateQueries({ queryKey: ['identity', '/orgs'] });
    onDone(id);
  };
  const areas = districts.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <div className="form-body">
      <Form act={act} submit={say('web.act.save')} onSubmit={() => void act.run(send)} onCancel={onCancel}>
        <h2>{org ? org.name : say('web.orgs.add')}</h2>
        <TextField label={say('web.orgs.name')} value={given.name} onChange={set('name')} fault={faults['name']} />
        <ManyField
          label={say('web.orgs.kind')}
          options={ORG_KINDS.map((kind) => ({ value: kind, label: word('identity.org_kind', kind) }))}
          value={given.kinds}
          onChange={set('kinds')}
          fault={faults['kinds']}
        />
        <TextField
          label={say('web.orgs.uscc')}
          hint={say('web.orgs.uscc_hint')}
          value={given.uscc}
          onChange={set('uscc')}
          fault={faults['uscc']}
        />
        <TextField
          label={say('web.orgs.address')}
          value={given.address}
          onChange={set('address')}
          fault={faults['address']}
        />
        <TextField
          label={say('web.orgs.duty_phone')}
          value={given.dutyPhone}
          onChange={set('dutyPhone')}
          fault={faults['dutyPhone']}
        />
        <ManyField
          label={say('web.orgs.seat')}
          options={areas}
          value={given.seatAreas}
          onChange={set('seatAreas')}
          fault={faults['seatAreas']}
        />
        <ManyField
          label={say('web.orgs.work_areas')}
          options={areas}
          value={given.workAreas}
          onChange={set('workAreas')}
          fault={faults['workAreas']}
        />
      </Form>
    </div>
  );
}

const begun = (org: Org | null) => ({
  name: org?.name ?? '',
  kinds: (org?.kinds ?? []).map(String),
  uscc: org?.uscc ?? '',
  address: org?.address ?? '',
  dutyPhone: org?.dutyPhone ?? '',
  seatAreas: [...(org?.seatAreas ?? [])],
  workAreas: [...(org?.workAreas ?? [])],
});

async function save(org: Org | null, body: object): Promise<string> {
  if (!org) return (await post<{ id: string }>('/orgs', body)).id;
  await put(`/orgs/${org.id}`, { ...body, version: org.version });
  return org.id;
}
