import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import { OFFICIALS } from '../../../contract/identity-vocabulary.ts';
import type { caseLine } from '../../../contract/registry-life.ts';
import { post } from '../../api.ts';
import { usePlace } from '../../frame/place.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { Mark } from '../../ui/mark.tsx';
import { useAct } from '../../ui/use-act.ts';
import { Due, When } from '../../ui/when.tsx';
import { useOrgChoice } from '../identity/org-choice.ts';
import { OpenList } from './open-list.tsx';

type Case = z.infer<typeof caseLine>;
const OUTCOMES = ['use_unit_named', 'not_in_use', 'opened_in_error'] as const;

/** Elevators nobody answers for: whose case it is, until when, on what evidence it is settled. */
export function CasesPage() {
  const say = useSay();
  return (
    <OpenList<Case>
      title={say('web.menu.cases')}
      note={say('web.cases.what')}
      path="/registry/cases"
      over={say('web.cases.settled')}
      empty={{ title: say('web.cases.empty'), hint: say('web.cases.empty_hint') }}
      columns={useCaseColumns()}
      tone={(row) => (row.overdue ? 'warn' : undefined)}
      sheet={(item) => <CaseSheet key={`${item.id} ${item.version}`} item={item} />}
    />
  );
}

function useCaseColumns(): readonly Column<Case>[] {
  const say = useSay();
  const { nameOf } = usePlace();
  return [
    { key: 'code', title: say('web.elevators.column.rescue_code'), cell: (row) => <code>{row.rescueCode}</code> },
    { key: 'address', title: say('web.elevators.column.address'), cell: (row) => row.address, wide: true },
    { key: 'street', title: say('web.elevators.column.street'), cell: (row) => nameOf(row.streetCode) },
    { key: 'opened', title: say('web.cases.opened'), cell: (row) => <When at={row.openedAt} /> },
    {
      key: 'due',
      title: say('web.changes.due'),
      cell: (row) =>
        row.outcome ? (
          <Mark tone="good">{say(`web.cases.outcome.${row.outcome}`)}</Mark>
        ) : (
          <Due on={row.dueOn} soonDays={7} />
        ),
    },
    { key: 'evidence', title: say('web.cases.evidence'), numeric: true, cell: (row) => row.evidence.length },
  ];
}

function CaseSheet({ item }: { item: Case }) {
  const say = useSay();
  const { role } = useMe();
  return (
    <article className="file-body">
      <header className="stack">
        <h1>{item.address}</h1>
        <Link to={paths.elevator(item.elevatorId)}>{say('web.elevator.file')}</Link>
      </header>
      <section className="file-part">
        <h2>{say('web.cases.evidence')}</h2>
        {item.evidence.length === 0 ? <p className="muted">{say('web.cases.no_evidence')}</p> : null}
        <ol className="timeline">
          {item.evidence.map((one) => (
            <li key={`${one.at} ${one.note}`}>
              <When at={one.at} />
              <span>{one.note}</span>
            </li>
          ))}
        </ol>
      </section>
      {item.outcome ? (
        <p>
          {say(`web.cases.outcome.${item.outcome}`)} · {item.decision} {item.useUnit?.name}
        </p>
      ) : OFFICIALS.includes(role) ? (
        <>
          <EvidenceForm item={item} />
          <DecisionForm item={item} />
        </>
      ) : null}
    </article>
  );
}

function EvidenceForm({ item }: { item: Case }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const send = async () => {
    await post(`/registry/cases/${item.id}/evidence`, { note });
    setNote('');
    await queries.invalidateQueries({ queryKey: ['registry', '/registry/cases'] });
  };
  return (
    <Form act={act} submit={say('web.cases.add_evidence')} onSubmit={() => void act.run(send)}>
      <TextField label={say('web.cases.evidence_note')} value={note} onChange={setNote} />
    </Form>
  );
}

function DecisionForm({ item }: { item: Case }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const orgs = useOrgChoice();
  const [given, setGiven] = useState({ outcome: '', decision: '', useOrgId: '' });
  const set = (field: keyof typeof given) => (value: string) => setGiven({ ...given, [field]: value });
  const send = async () => {
    await post(`/registry/cases/${item.id}/decision`, {
      ...given,
      version: item.version,
      useOrgId: given.useOrgId || null,
    });
    await queries.invalidateQueries({ queryKey: ['registry'] });
  };
  return (
    <Form act={act} submit={say('web.cases.settle')} onSubmit={() => void act.run(send)}>
      <h2>{say('web.cases.settle')}</h2>
      <ChoiceField
        label={say('web.cases.outcome')}
        options={OUTCOMES.map((outcome) => ({ value: outcome, label: say(`web.cases.outcome.${outcome}`) }))}
        value={given.outcome}
        onChange={set('outcome')}
      />
      {given.outcome === 'use_unit_named' ? (
        <ChoiceField label={say('web.elevators.useOrg')} {...orgs} value={given.useOrgId} onChange={set('useOrgId')} />
      ) : null}
      <TextField label={say('web.cases.decision')} value={given.decision} onChange={set('decision')} />
    </Form>
  );
}
