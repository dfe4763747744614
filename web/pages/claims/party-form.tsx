import { useState } from 'react';
import { post } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { cityInstant, cityLocal } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField, MomentField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';
import type { ClaimFormProps } from './claim-acts.tsx';
import { useReread } from './use-reread.ts';

const KINDS = ['victim', 'insured', 'service'] as const;

/** Who may be paid. What is typed here is sealed and shown masked from then on. */
export function PartyForm({ claim, onDone }: ClaimFormProps) {
  const say = useSay();
  const act = useAct();
  const reread = useReread();
  const [given, setGiven] = useState({ kind: 'victim', name: '', idNumber: '', phone: '', bank: '', number: '' });
  const set = (name: keyof typeof given) => (value: string) => setGiven((now) => ({ ...now, [name]: value }));
  const faults = faultsByField(act.problem);
  const send = async () => {
    const { kind, name, idNumber, phone, bank, number } = given;
    const account = bank || number ? { bank, number, holder: name } : null;
    const body = { kind, name, idNumber: idNumber || null, phone: phone || null, account };
    await post(`/insurance/claims/${claim.id}/parties`, body);
    await reread();
  };
  return (
    <Form
      act={act}
      submit={say('claims.act.party')}
      onSubmit={() => void act.run(send).then((done) => (done ? onDone() : undefined))}
      onCancel={onDone}
    >
      <ChoiceField
        label={say('claims.party_kind')}
        options={KINDS.map((value) => ({ value, label: say(`claims.party.${value}`) }))}
        value={given.kind}
        onChange={set('kind')}
      />
      <TextField label={say('claims.name')} value={given.name} onChange={set('name')} fault={faults['name']} />
      <TextField label={say('claims.id_number')} value={given.idNumber} onChange={set('idNumber')} />
      <TextField label={say('claims.phone')} value={given.phone} onChange={set('phone')} />
      <TextField label={say('claims.bank')} value={given.bank} onChange={set('bank')} fault={faults['account.bank']} />
      <TextField
        label={say('claims.account_number')}
        hint={say('claims.account_hint')}
        value={given.number}
        onChange={set('number')}
        fault={faults['account.number']}
      />
    </Form>
  );
}

/** What the surveyor found, with the place his phone knows. */
export function SurveyForm({ claim, onDone }: ClaimFormProps) {
  const say = useSay();
  const act = useAct();
  const reread = useReread();
  const [at, setAt] = useState(() => cityLocal(new Date()));
  const [findings, setFindings] = useState('');
  const send = async () => {
    const here = await position();
    await post(`/insurance/claims/${claim.id}/surveys`, { at: cityInstant(at), findings, ...here });
    await reread();
  };
  return (
    <Form
      act={act}
      submit={say('claims.act.survey')}
      onSubmit={() => void act.run(send).then((done) => (done ? onDone() : undefined))}
      onCancel={onDone}
    >
      <MomentField label={say('claims.survey_at')} value={at} onChange={setAt} />
      <LongTextField label={say('claims.findings')} value={findings} onChange={setFindings} />
    </Form>
  );
}

/** Where the phone is, if it says so within five seconds; a survey without it is a survey all the same. */
const position = (): Promise<{ lng: number | null; lat: number | null }> =>
  new Promise((resolve) => {
    const unknown = { lng: null, lat: null };
    if (!('geolocation' in navigator)) return resolve(unknown);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lng: coords.longitude, lat: coords.latitude }),
      () => resolve(unknown),
      { timeout: 5_000, maximumAge: 60_000 },
    );
  });
