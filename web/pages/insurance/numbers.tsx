import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { numbersDone, numbersView } from '../../../contract/insurance-intake.ts';
import { get, post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Figure, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';

type Numbers = z.infer<typeof numbersView>;
const TONES = { none: 'warn', low: 'warn', enough: 'good' } as const;

/** The policy numbers an insurer allotted: how many are left before nothing can be bound. */
export function NumbersPage() {
  const say = useSay();
  const read = useQuery({
    queryKey: ['insurance', '/insurance/policy-numbers'],
    queryFn: ({ signal }) => get<Numbers>('/insurance/policy-numbers', undefined, signal),
  });
  return (
    <Page title={say('web.menu.numbers')} note={say('web.numbers.what')}>
      <Loaded query={read}>
        {(numbers) => (
          <>
            <div className="figures">
              <Figure
                name={say('web.numbers.free')}
                value={numbers.free.toLocaleString('en-US')}
                mark={<Mark tone={TONES[numbers.standing]}>{say(`web.numbers.standing.${numbers.standing}`)}</Mark>}
              />
              <Figure name={say('web.numbers.used')} value={numbers.used.toLocaleString('en-US')} />
              <Figure name={say('web.numbers.next')} value={<code>{numbers.next[0] ?? '—'}</code>} />
            </div>
            <Panel title={say('web.numbers.give')}>
              <GiveForm />
            </Panel>
            <Panel flush title={say('web.numbers.blocks')}>
              <Blocks blocks={numbers.blocks} />
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Blocks({ blocks }: { blocks: Numbers['blocks'] }) {
  const say = useSay();
  if (blocks.length === 0) return <Empty title={say('web.numbers.none')} />;
  return (
    <DataTable
      short
      label={say('web.numbers.blocks')}
      rows={blocks}
      rowId={(row) => `${row.givenAt} ${row.first}`}
      columns={[
        { key: 'given', title: say('web.numbers.block_given'), cell: (row) => <When at={row.givenAt} /> },
        { key: 'first', title: say('web.numbers.block_first'), cell: (row) => <code>{row.first}</code> },
        { key: 'last', title: say('web.numbers.block_last'), cell: (row) => <code>{row.last}</code> },
        { key: 'count', title: say('web.numbers.count'), numeric: true, cell: (row) => row.count },
        { key: 'used', title: say('web.numbers.used'), numeric: true, cell: (row) => row.used },
        { key: 'free', title: say('web.numbers.free'), numeric: true, cell: (row) => row.count - row.used },
      ]}
    />
  );
}

function GiveForm() {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ prefix: '', first: '1', count: '100', digits: '6' });
  const [done, setDone] = useState<z.infer<typeof numbersDone> | null>(null);
  const set = (field: keyof typeof given) => (value: string) => setGiven({ ...given, [field]: value });
  const [first, count, digits] = [given.first, given.count, given.digits].map(Number) as [number, number, number];
  const nth = (n: number) => `${given.prefix}${String(n).padStart(digits, '0')}`;
  const send = async () => {
    setDone(await post('/insurance/policy-numbers', { prefix: given.prefix, first, count, digits }));
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Form act={act} submit={say('web.numbers.give')} onSubmit={() => void act.run(send)}>
      <div className="columns">
        <TextField label={say('web.numbers.prefix')} value={given.prefix} onChange={set('prefix')} />
        <TextField type="number" label={say('web.numbers.first')} value={given.first} onChange={set('first')} />
        <TextField type="number" label={say('web.numbers.count')} value={given.count} onChange={set('count')} />
        <TextField type="number" label={say('web.numbers.digits')} value={given.digits} onChange={set('digits')} />
      </div>
      {given.prefix && count > 0 ? (
        <p className="muted">{say('web.numbers.preview', { first: nth(first), last: nth(first + count - 1) })}</p>
      ) : null}
      {done ? <p role="status">{say('web.numbers.done', { added: done.added, known: done.known.length })}</p> : null}
    </Form>
  );
}
