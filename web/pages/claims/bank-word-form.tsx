import { type ReactNode, useState } from 'react';
import { post, upload } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { cityInstant, cityLocal } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { FileField, MomentField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';

type Props = {
  amount: number; // fen
  path: string;
  submit: string;
  more?: Readonly<Record<string, string>>; // what is said beside the bank's word
  what?: ReactNode;
  fields?: (faults: ReturnType<typeof faultsByField>) => ReactNode;
  onDone: () => void;
};

/** The bank's word by hand: its time, its account and reference, and the slip as proof. */
export function BankWordForm({ amount, path, submit, more = {}, what, fields, onDone }: Props) {
  const say = useSay();
  const act = useAct();
  const [given, setGiven] = useState(() => ({ at: cityLocal(new Date()), tail: '', bankRef: '' }));
  const [file, setFile] = useState<File | null>(null);
  const set = (name: keyof typeof given) => (value: string) => setGiven((now) => ({ ...now, [name]: value }));
  const faults = faultsByField(act.problem);
  const send = () =>
    act.run(async () => {
      const proof = file ? (await upload<{ hash: string }>('/files', file)).hash : null;
      const { at, tail, bankRef } = given;
      await post(path, {
        at: cityInstant(at),
        account: `****${tail}`,
        bankRef,
        amount,
        byHand: true,
        proof,
        ...more,
      });
    });
  return (
    <Form
      act={act}
      submit={submit}
      onSubmit={() => void send().then((done) => (done ? onDone() : undefined))}
      onCancel={onDone}
    >
      {what}
      <MomentField label={say('claims.bank_time')} value={given.at} onChange={set('at')} fault={faults['at']} />
      <TextField
        label={say('claims.own_account')}
        value={given.tail}
        onChange={set('tail')}
        fault={faults['account']}
      />
      <TextField
        label={say('claims.bank_ref')}
        hint={say('claims.bank_ref_hint')}
        value={given.bankRef}
        onChange={set('bankRef')}
        fault={faults['bankRef']}
      />
      {fields?.(faults)}
      <FileField
        label={say('claims.proof')}
        fault={faults['proof']}
        accept="image/*,application/pdf"
        file={file}
        onChange={setFile}
      />
    </Form>
  );
}
