import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post, put } from '../../api.ts';
import { usePlace } from '../../frame/place.ts';
import { type Fault, faultsByField } from '../../problem.ts';
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
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState(() => begun(org));
  const send = async () => {
    const id = await save(org, { ...given, uscc: given.uscc || null });
    await queries.invalidateQueries({ queryKey: ['identity', '/orgs'] });
    onDone(id);
  };
  return (
    <div className="form-body">
      <Form act={act} submit={say('web.act.save')} onSubmit={() => void act.run(send)} onCancel={onCancel}>
        <h2>{org ? org.name : say('web.orgs.add')}</h2>
        <Fields given={given} faults={faultsByField(act.problem)} onChange={setGiven} />
      </Form>
    </div>
  );
}

type Given = ReturnType<typeof begun>;
type FieldsProps = { given: Given; faults: Readonly<Record<string, Fault>>; onChange: (given: Given) => void };

function Fields({ given, faults, onChange }: FieldsProps) {
  const say = useSay();
  const word = useWord();
  const { districts } = usePlace();
  const areas = districts.map(({ code, name }) => ({ value: code, label: name }));
  const kinds = ORG_KINDS.map((kind) => ({ value: kind, label: word('identity.org_kind', kind) }));
  const text = (name: 'name' | 'uscc' | 'address' | 'dutyPhone') => ({
    value: given[name],
    onChange: (value: string) => onChange({ ...given, [name]: value }),
    fault: faults[name],
  });
  const many = (name: 'kinds' | 'seatAreas' | 'workAreas') => ({
    value: given[name],
    onChange: (value: string[]) => onChange({ ...given, [name]: value }),
    fault: faults[name],
  });
  return (
    <>
      <TextField label={say('web.orgs.name')} {...text('name')} />
      <ManyField label={say('web.orgs.kind')} options={kinds} {...many('kinds')} />
      <TextField label={say('web.orgs.uscc')} hint={say('web.orgs.uscc_hint')} {...text('uscc')} />
      <TextField label={say('web.orgs.address')} {...text('address')} />
      <TextField label={say('web.orgs.duty_phone')} {...text('dutyPhone')} />
      <ManyField label={say('web.orgs.seat')} options={areas} {...many('seatAreas')} />
      <ManyField label={say('web.orgs.work_areas')} options={areas} {...many('workAreas')} />
    </>
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
