import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { letterItem } from '../../../contract/prevention-figures.ts';
import { post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField, TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Facts, Page, Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { Due, When } from '../../ui/when.tsx';

type Letter = z.infer<typeof letterItem>;
const NAMES = ['show'] as const;
const ADVISE = [
  'use_unit_head',
  'safety_director',
  'safety_officer',
  'maintenance_manager',
  'technician',
  'owner',
  'association',
];
const RATE = ['use_unit_head', 'safety_director', 'safety_officer', 'owner', 'association'];
const ANSWER = ['handler', 'surveyor', 'approver'];
const OUTCOMES = { suggestion: ['adopted', 'explained', 'declined'], appeal: ['upheld', 'rejected'] } as const;

/** Suggestions to insurers and appeals against their evaluations, with the clock of the answer; and the yearly rating. */
export function LettersPage() {
  const say = useSay();
  const { role } = useMe();
  const state = useListState(NAMES);
  const rows = useRows<Letter>('prevention', '/prevention/letters', state.filters);
  const shown = rows.rows?.find(({ id }) => id === state.open);
  return (
    <Page title={say('web.menu.letters')} note={say('web.letters.what')}>
      <FilterBar
        state={state}
        finder={null}
        filters={[
          {
            name: 'show',
            label: say('web.changes.show'),
            options: [{ value: 'answered', label: say('web.letters.answered') }],
          },
        ]}
      />
      <div className="stack">
        <WithDrawer
          label={say('web.menu.letters')}
          onClose={() => state.setOpen('')}
          list={
            <ListBody
              label={say('web.menu.letters')}
              state={state}
              rows={rows}
              columns={useLetterColumns()}
              rowId={(row) => row.id}
              onOpen={state.setOpen}
              tone={(row) => (row.late && !row.outcome ? 'warn' : undefined)}
              empty={<Empty title={say('web.letters.empty')} hint={say('web.letters.empty_hint')} />}
            />
          }
        >
          {shown ? (
            <LetterSheet key={`${shown.id} ${shown.version}`} letter={shown} answers={ANSWER.includes(role)} />
          ) : null}
        </WithDrawer>
        <div className="columns">
          {ADVISE.includes(role) && !state.open ? (
            <Panel title={say('web.letters.suggest')}>
              <SuggestForm />
            </Panel>
          ) : null}
          {RATE.includes(role) && !state.open ? (
            <Panel title={say('web.letters.rate')}>
              <RateForm />
            </Panel>
          ) : null}
        </div>
      </div>
    </Page>
  );
}

function useLetterColumns(): readonly Column<Letter>[] {
  const say = useSay();
  return [
    { key: 'number', title: say('web.prevention.number'), cell: (row) => <code>{row.number}</code> },
    { key: 'kind', title: say('web.letters.kind'), cell: (row) => say(`web.letters.kind.${row.kind}`) },
    { key: 'from', title: say('web.letters.from'), cell: (row) => row.from ?? say(`identity.role.${row.fromRole}`) },
    { key: 'insurer', title: say('web.prevention.insurer'), cell: (row) => row.insurer },
    { key: 'text', title: say('web.letters.text'), cell: (row) => row.text, wide: true },
    { key: 'at', title: say('web.letters.at'), cell: (row) => <When at={row.at} /> },
    {
      key: 'due',
      title: say('web.letters.due'),
      cell: (row) =>
        row.outcome ? (
          <Mark tone={row.late ? 'warn' : 'good'}>{say(`web.letters.outcome.${row.outcome}`)}</Mark>
        ) : (
          <Due on={row.dueOn} soonDays={3} />
        ),
    },
  ];
}

function LetterSheet({ letter, answers }: { letter: Letter; answers: boolean }) {
  const say = useSay();
  const word = useWord();
  const queries = useQueryClient();
  const [answer, setAnswer] = useState('');
  const send = (outcome: string) => async () => {
    await post(`/prevention/letters/${letter.id}/answer`, { version: letter.version, outcome, answer });
    await queries.invalidateQueries({ queryKey: ['prevention'] });
  };
  return (
    <article className="file-body">
      <h1>{say(`web.letters.kind.${letter.kind}`)}</h1>
      <Facts
        rows={[
          [say('web.prevention.number'), letter.number],
          [say('web.letters.from'), letter.from ?? word('identity.role', letter.fromRole)],
          [say('web.prevention.insurer'), letter.insurer],
          [say('web.letters.due'), letter.dueOn],
        ]}
      />
      <p>{letter.text}</p>
      {letter.outcome ? (
        <p>
          <Mark tone="plain">{say(`web.letters.outcome.${letter.outcome}`)}</Mark> {letter.answer}
        </p>
      ) : answers ? (
        <div className="stack">
          <LongTextField label={say('web.letters.answer')} value={answer} onChange={setAnswer} />
          <div className="row wrap">
            {OUTCOMES[letter.kind].map((outcome) => (
              <ActButton key={outcome} label={say(`web.letters.outcome.${outcome}`)} onAct={send(outcome)} />
            ))}
          </div>
        </div>
      ) : null}
    </article>
  );
}

function SuggestForm() {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ rescueCode: '', text: '' });
  const [sent, setSent] = useState('');
  const send = async () => {
    const done = await post<{ number: string; dueOn: string }>('/prevention/suggestions', given);
    setSent(say('web.letters.sent', done));
    setGiven({ rescueCode: '', text: '' });
    await queries.invalidateQueries({ queryKey: ['prevention'] });
  };
  return (
    <Form act={act} submit={say('web.letters.suggest')} onSubmit={() => void act.run(send)}>
      <TextField
        label={say('web.prevention.code')}
        hint={say('web.letters.code_hint')}
        value={given.rescueCode}
        onChange={(rescueCode) => setGiven({ ...given, rescueCode })}
      />
      <LongTextField
        label={say('web.letters.text')}
        value={given.text}
        onChange={(text) => setGiven({ ...given, text })}
      />
      {sent ? <Mark tone="good">{sent}</Mark> : null}
    </Form>
  );
}

function RateForm() {
  const say = useSay();
  const act = useAct();
  const [given, setGiven] = useState({ rescueCode: '', score: '', text: '' });
  const [sent, setSent] = useState('');
  const send = async () => {
    const done = await post<{ year: number }>('/prevention/ratings', { ...given, score: Number(given.score) });
    setSent(say('web.letters.rated', done));
    setGiven({ rescueCode: '', score: '', text: '' });
  };
  return (
    <Form act={act} submit={say('web.letters.rate')} onSubmit={() => void act.run(send)}>
      <p className="muted">{say('web.letters.rate_hint')}</p>
      <TextField
        label={say('web.prevention.code')}
        value={given.rescueCode}
        onChange={(rescueCode) => setGiven({ ...given, rescueCode })}
      />
      <ChoiceField
        label={say('web.letters.score')}
        options={['5', '4', '3', '2', '1'].map((value) => ({ value, label: say(`web.letters.score.${value}`) }))}
        value={given.score}
        onChange={(score) => setGiven({ ...given, score })}
      />
      <TextField
        label={say('web.letters.remark')}
        value={given.text}
        onChange={(text) => setGiven({ ...given, text })}
      />
      {sent ? <Mark tone="good">{sent}</Mark> : null}
    </Form>
  );
}
