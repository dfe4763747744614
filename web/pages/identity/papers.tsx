import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { post } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay, useWord } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { IssueFields, issueDays, NOT_ISSUED } from '../../ui/issue-fields.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { useAct } from '../../ui/use-act.ts';
import { VALIDITY_TONES } from '../../ui/validity.ts';
import { Day } from '../../ui/when.tsx';

/** A licence of an organisation or a certificate of a person. */
export type Paper = {
  id: string;
  kind: string;
  number: string;
  issuer: string;
  issuedOn: string | null;
  expiresOn: string | null;
  validity: 'valid' | 'expires_soon' | 'expired' | 'ended' | 'open_ended';
};

type Props = {
  title: string;
  words: 'identity.licence' | 'identity.certificate';
  kinds: readonly string[];
  path: string; // where they are recorded; ended at `<path>/<id>/ending`
  papers: readonly Paper[];
  mayKeep: boolean;
  onChanged: () => Promise<void>;
};

/** Licences or certificates: what is in force, what ends, and the way to record another. */
export function PapersPart(props: Props) {
  const say = useSay();
  const [isAdding, setAdding] = useState(false);
  const { title, papers, mayKeep, onChanged } = props;
  return (
    <section className="file-part">
      <div className="row">
        <h2>{title}</h2>
        {mayKeep && !isAdding ? (
          <Button size="small" onClick={() => setAdding(true)}>
            {say('web.act.add')}
          </Button>
        ) : null}
      </div>
      {isAdding ? (
        <PaperForm
          {...props}
          onCancel={() => setAdding(false)}
          onChanged={async () => {
            setAdding(false);
            await onChanged();
          }}
        />
      ) : null}
      {papers.length === 0 ? <p className="muted">{say('web.papers.none')}</p> : <PaperTable {...props} />}
    </section>
  );
}

function PaperTable({ title, words, path, papers, mayKeep, onChanged }: Props) {
  const say = useSay();
  const word = useWord();
  return (
    <DataTable
      short
      label={title}
      rows={papers}
      rowId={(row) => row.id}
      columns={[
        { key: 'kind', title: say('web.papers.kind'), cell: (row) => word(words, row.kind) },
        { key: 'number', title: say('web.papers.number'), cell: (row) => <code>{row.number}</code> },
        { key: 'expires', title: say('web.papers.expires'), cell: (row) => <Day on={row.expiresOn} /> },
        {
          key: 'validity',
          title: say('web.papers.validity'),
          cell: (row) => <Mark tone={VALIDITY_TONES[row.validity]}>{say(`identity.validity.${row.validity}`)}</Mark>,
        },
        {
          key: 'end',
          title: '',
          cell: (row) =>
            mayKeep && row.validity !== 'ended' ? (
              <ActButton
                label={say('web.papers.end')}
                confirm={{
                  title: say('web.papers.end_title', { number: row.number }),
                  consequence: say('web.papers.end_consequence'),
                }}
                onAct={async () => {
                  await post(`${path}/${row.id}/ending`);
                  await onChanged();
                }}
              />
            ) : null,
        },
      ]}
    />
  );
}

function PaperForm({ words, kinds, path, onChanged, onCancel }: Props & { onCancel: () => void }) {
  const say = useSay();
  const word = useWord();
  const act = useAct();
  const [given, setGiven] = useState({ kind: '', number: '', ...NOT_ISSUED });
  const set = (field: keyof typeof given) => (value: string) => setGiven({ ...given, [field]: value });
  const faults = faultsByField(act.problem);
  const send = async () => {
    await post(path, { ...given, ...issueDays(given) });
    await onChanged();
  };
  return (
    <Form act={act} submit={say('web.act.save')} onSubmit={() => void act.run(send)} onCancel={onCancel}>
      <ChoiceField
        label={say('web.papers.kind')}
        options={kinds.map((kind) => ({ value: kind, label: word(words, kind) }))}
        value={given.kind}
        onChange={set('kind')}
        fault={faults['kind']}
      />
      <TextField
        label={say('web.papers.number')}
        value={given.number}
        onChange={set('number')}
        fault={faults['number']}
      />
      <IssueFields
        labels={{
          issuer: say('web.papers.issuer'),
          issuedOn: say('web.papers.issued'),
          expiresOn: say('web.papers.expires'),
        }}
        value={given}
        set={set}
        faults={faults}
      />
    </Form>
  );
}
