import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { admissionItem, schemeList } from '../../../contract/insurance-filing.ts';
import { ADMISSION_STATES } from '../../../contract/insurance-vocabulary.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { Facts, Page, Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
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
  const state = useListState(['state']);
  const rows = useRows<Admission>('insurance', '/insurance/admissions', state.filters);
  const schemes = useQuery({
    queryKey: ['insurance', '/insurance/schemes'],
    queryFn: ({ signal }) => get<z.infer<typeof schemeList>>('/insurance/schemes', undefined, signal),
  });
  const shown = rows.rows?.find((a) => a.id === state.open);
  return (
    <Page title={say('web.menu.admissions')} note={say('web.admissions.what')}>
      {(schemes.data?.items ?? [])
        .filter((scheme) => scheme.mayAsk)
        .map((scheme) => (
          <Panel
            key={scheme.id}
            title={say('web.admissions.ask_in', { scheme: scheme.name, days: scheme.admissionDays ?? '—' })}
          >
            <AskForm scheme={scheme} />
          </Panel>
        ))}
      <FilterBar
        state={state}
        finder={null}
        filters={[
          {
            name: 'state',
            label: say('web.policies.state'),
            options: ADMISSION_STATES.map((value) => ({ value, label: say(`web.admissions.state.${value}`) })),
          },
        ]}
      />
      <WithDrawer
        label={say('web.menu.admissions')}
        onClose={() => state.setOpen('')}
        list={
          <ListBody
            label={say('web.menu.admissions')}
            state={state}
            rows={rows}
            columns={useAdmissionColumns()}
            rowId={(row) => row.id}
            onOpen={state.setOpen}
            empty={<Empty title={say('web.admissions.empty')} hint={say('web.admissions.empty_hint')} />}
          />
        }
      >
        {shown ? <Sheet key={shown.id} admission={shown} /> : null}
      </WithDrawer>
    </Page>
  );
}

function useAdmissionColumns(): readonly Column<Admission>[] {
  const say = useSay();
  return [
    { key: 'scheme', title: say('web.admissions.scheme'), wide: true, cell: (row) => row.scheme },
    { key: 'insurer', title: say('web.products.insurer'), wide: true, cell: (row) => row.insurer },
    { key: 'asked', title: say('web.admissions.asked'), cell: (row) => <When at={row.askedAt} /> },
    {
      key: 'by',
      title: say('web.admissions.decide_by'),
      cell: (row) => (row.admitted === null || row.appealed ? <Due on={row.decideBy} soonDays={5} /> : row.decideBy),
    },
    { key: 'state', title: say('web.policies.state'), cell: (row) => <StandingMark admission={row} /> },
    { key: 'reason', title: say('web.admissions.reason'), wide: true, cell: (row) => row.reason || '—' },
  ];
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
