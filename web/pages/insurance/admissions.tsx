import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { admissionItem, schemeList } from '../../../contract/insurance-filing.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { Facts, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Due, When } from '../../ui/when.tsx';
import { AppealForm, AskForm, DecisionForm } from './admission-forms.tsx';

export type Admission = z.infer<typeof admissionItem>;
type Standing = 'waiting' | 'overdue' | 'appealed' | 'admitted' | 'refused';
const TONES: Readonly<Record<Standing, Tone>> = {
  waiting: 'accent',
  overdue: 'warn',
  appealed: 'warn',
  admitted: 'good',
  refused: 'unknown',
};

function standingOf(a: Admission): Standing {
  if (a.overdue) return 'overdue';
  if (a.appealed) return 'appealed';
  if (a.admitted === null) return 'waiting';
  return a.admitted ? 'admitted' : 'refused';
}

/** Who is admitted to the open markets: an open register with a clock, criteria and reasons. */
export function AdmissionsPage() {
  const say = useSay();
  const [open, setOpen] = useState('');
  const read = useQuery({
    queryKey: ['insurance', '/insurance/admissions'],
    queryFn: ({ signal }) => get<{ items: readonly Admission[] }>('/insurance/admissions', undefined, signal),
  });
  const schemes = useQuery({
    queryKey: ['insurance', '/insurance/schemes'],
    queryFn: ({ signal }) => get<z.infer<typeof schemeList>>('/insurance/schemes', undefined, signal),
  });
  const shown = read.data?.items.find((a) => a.id === open);
  const waiting = (schemeId: string) =>
    read.data?.items.some((a) => a.mine && a.schemeId === schemeId && (a.admitted === null || a.appealed)) ?? true;
  const askable = (schemes.data?.items ?? []).filter((s) => s.mayAsk && !waiting(s.id));
  return (
    <Page title={say('web.menu.admissions')} note={say('web.admissions.what')}>
      {askable.map((scheme) => (
        <Panel
          key={scheme.id}
          title={say('web.admissions.ask_in', { scheme: scheme.name, days: scheme.admissionDays ?? '—' })}
        >
          <AskForm scheme={scheme} />
        </Panel>
      ))}
      <WithDrawer
        label={say('web.menu.admissions')}
        onClose={() => setOpen('')}
        list={
          <Loaded query={read}>
            {({ items }) => (
              <Panel flush title={say('web.admissions.count', { n: items.length })}>
                {items.length === 0 ? (
                  <Empty title={say('web.admissions.empty')} hint={say('web.admissions.empty_hint')} />
                ) : (
                  <Register items={items} open={open} onOpen={setOpen} />
                )}
              </Panel>
            )}
          </Loaded>
        }
      >
        {shown ? <Sheet key={shown.id} admission={shown} /> : null}
      </WithDrawer>
    </Page>
  );
}

type RegisterProps = { items: readonly Admission[]; open: string; onOpen: (id: string) => void };

function Register({ items, open, onOpen }: RegisterProps) {
  const say = useSay();
  return (
    <DataTable
      label={say('web.menu.admissions')}
      rows={items}
      rowId={(row) => row.id}
      open={open}
      onOpen={onOpen}
      columns={[
        { key: 'scheme', title: say('web.admissions.scheme'), wide: true, cell: (row) => row.scheme },
        { key: 'insurer', title: say('web.products.insurer'), wide: true, cell: (row) => row.insurer },
        { key: 'asked', title: say('web.admissions.asked'), cell: (row) => <When at={row.askedAt} /> },
        {
          key: 'by',
          title: say('web.admissions.decide_by'),
          cell: (row) =>
            row.admitted === null || row.appealed ? <Due on={row.decideBy} soonDays={5} /> : row.decideBy,
        },
        { key: 'state', title: say('web.policies.state'), cell: (row) => <StandingMark admission={row} /> },
        { key: 'reason', title: say('web.admissions.reason'), wide: true, cell: (row) => row.reason || '—' },
      ]}
    />
  );
}

function StandingMark({ admission }: { admission: Admission }) {
  const say = useSay();
  const standing = standingOf(admission);
  return <Mark tone={TONES[standing]}>{say(`web.admissions.state.${standing}`)}</Mark>;
}

function Sheet({ admission }: { admission: Admission }) {
  const say = useSay();
  return (
    <article className="file-body">
      <header className="stack">
        <h1>{admission.insurer}</h1>
        <StandingMark admission={admission} />
      </header>
      <Facts
        rows={[
          [say('web.admissions.scheme'), admission.scheme],
          [say('web.admissions.asked'), <When key="asked" at={admission.askedAt} />],
          [say('web.admissions.decide_by'), admission.decideBy],
          [say('web.admissions.decision'), admission.decidedAt ? <When key="at" at={admission.decidedAt} /> : null],
          [say('web.admissions.criterion'), admission.criterion],
          [say('web.admissions.reason'), admission.reason],
          [say('web.admissions.appeal'), admission.appeal],
        ]}
      />
      {admission.answers.length > 0 ? (
        <section className="file-part">
          <h2>{say('web.admissions.answers')}</h2>
          <Facts rows={admission.answers.map((a) => [a.name, a.answer] as const)} />
        </section>
      ) : null}
      {admission.can.decide ? <DecisionForm admission={admission} /> : null}
      {admission.can.appeal ? <AppealForm admission={admission} /> : null}
    </article>
  );
}
