import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { statementList, statementTaken } from '../../../contract/insurance-bank.ts';
import { get, queryText, upload } from '../../api.ts';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { FileField, TextField } from '../../ui/inputs.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';

type Taken = z.infer<typeof statementTaken>;
type Statement = z.infer<typeof statementList>['items'][number];

/** Bring a statement in, see at once what was taken of it and what could not be read, and find earlier ones again. */
export function Statements() {
  const say = useSay();
  const read = useQuery({
    queryKey: ['insurance', '/insurance/bank-statements'],
    queryFn: ({ signal }) => get<z.infer<typeof statementList>>('/insurance/bank-statements', undefined, signal),
  });
  return (
    <>
      <Panel title={say('web.bank.bring')}>
        <BringForm />
      </Panel>
      <Loaded query={read}>
        {({ items }) => (
          <Panel title={say('web.bank.brought')}>
            {items.length === 0 ? (
              <Empty title={say('web.bank.none_brought')} hint={say('web.bank.none_brought_hint')} />
            ) : null}
            {items.map((item) => (
              <Brought key={item.id} item={item} />
            ))}
          </Panel>
        )}
      </Loaded>
    </>
  );
}

function BringForm() {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [last4, setLast4] = useState('');
  const [taken, setTaken] = useState<Taken | null>(null);
  const isWrong = last4 !== '' && !/^\d{4}$/.test(last4);
  const send = async () => {
    if (!file || isWrong) return;
    const account = last4 === '' ? undefined : `****${last4}`;
    setTaken(await upload<Taken>(`/insurance/bank-statements${queryText({ account })}`, file));
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Form act={act} submit={say('web.bank.take')} onSubmit={() => void act.run(send)}>
      <div className="facts">
        <FileField
          label={say('web.import.file')}
          hint={say('web.bank.file_hint')}
          accept=".csv,.xlsx,.txt,.tsv"
          file={file}
          onChange={setFile}
        />
        <TextField
          label={say('web.bank.last4')}
          hint={say('web.bank.last4_hint')}
          value={last4}
          onChange={setLast4}
          fault={isWrong ? { field: 'account', value: last4, message: say('web.bank.last4_fault') } : undefined}
        />
      </div>
      {taken ? <Outcome {...taken} /> : null}
    </Form>
  );
}

type Counted = Pick<Statement, 'rows' | 'taken' | 'known' | 'faults'>;

function Outcome({ rows, taken, known, faults }: Counted) {
  const say = useSay();
  return (
    <div role="status">
      <p className="row">
        <Mark tone="good">{say('web.bank.taken', { n: taken, rows })}</Mark>
        {known > 0 ? <Mark tone="plain">{say('web.bank.known', { n: known })}</Mark> : null}
        {faults.length > 0 ? <Mark tone="warn">{say('web.bank.faults', { n: faults.length })}</Mark> : null}
      </p>
      {faults.length > 0 ? (
        <ul className="faults">
          {faults.map((fault) => (
            <li key={`${fault.row} ${fault.column} ${fault.code}`}>{fault.message}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

const Brought = ({ item }: { item: Statement }) => (
  <section className="file-part">
    <p className="row">
      <strong>{item.fileName}</strong> <When at={item.takenAt} />
    </p>
    <Outcome {...item} />
  </section>
);
