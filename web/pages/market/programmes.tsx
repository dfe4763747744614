import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { REGULATORS } from '../../../contract/identity-vocabulary.ts';
import type { programmeItem, programmeList } from '../../../contract/market.ts';
import { get, post } from '../../api.ts';
import { useOwnDistricts, usePlace } from '../../frame/place.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField, ManyField, TextField } from '../../ui/inputs.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Figure, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { Day, Due } from '../../ui/when.tsx';

type Programme = z.infer<typeof programmeItem>;
type Phase = Programme['phases'][number];
type Item = Phase['items'][number];
const PHASES = ['pilot', 'rollout', 'routine'] as const;
const KINDS = ['comprehensive', 'liability', 'pension'] as const;
const MARKS = ['single_owner', 'affordable_housing', 'resettlement', 'added_to_housing'] as const;
const percent = (bp: number | null): string => (bp === null ? '—' : (bp / 100).toFixed(1));

/** A district's programme: scope, phases, what must be ready, how far it is, and what each phase taught. */
export function ProgrammesPage() {
  const say = useSay();
  const { role } = useMe();
  const [isOpening, setOpening] = useState(false);
  const list = useQuery({
    queryKey: ['market', '/market/programmes'],
    queryFn: ({ signal }) => get<z.infer<typeof programmeList>>('/market/programmes', {}, signal),
  });
  const mayAct = REGULATORS.includes(role);
  return (
    <Page
      title={say('web.menu.programmes')}
      note={say('web.market.programmes_what')}
      actions={
        mayAct ? (
          <ActButton primary label={say('web.market.open_programme')} onAct={async () => setOpening(true)} />
        ) : null
      }
    >
      <Loaded query={list}>
        {({ items, firstMarks }) => (
          <>
            {isOpening ? <OpenForm marks={firstMarks} onDone={() => setOpening(false)} /> : null}
            {items.length === 0 && !isOpening ? (
              <Empty title={say('web.market.programmes_empty')} hint={say('web.market.programmes_empty_hint')} />
            ) : null}
            {items.map((one) => (
              <ProgrammePanel key={one.id} programme={one} mayAct={mayAct} />
            ))}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function ProgrammePanel({ programme, mayAct }: { programme: Programme; mayAct: boolean }) {
  const say = useSay();
  const word = useWord();
  const { nameOf } = usePlace();
  const running = programme.phases.find(({ state }) => state === 'running');
  const marks =
    programme.marks.map((mark) => word('web.market.mark', mark)).join(say('web.and')) ||
    say('web.market.all_elevators');
  return (
    <Panel title={`${nameOf(programme.areaCode)} · ${programme.name}`}>
      <div className="stack">
        <p className="muted">
          {say(`web.market.kind.${programme.kind}`)} · {say('web.market.scope', { marks })}
          {programme.aim ? ` · ${programme.aim}` : null}
        </p>
        <div className="figures">
          <Figure name={say('web.market.in_scope')} value={programme.inScope.toLocaleString('en-US')} />
          <Figure name={say('web.market.insured')} value={programme.insured.toLocaleString('en-US')} />
          <Figure
            name={say('web.market.coverage')}
            value={percent(programme.coverageBp)}
            {...(programme.coverageBp === null ? {} : { unit: '%' })}
          />
          <Figure name={say('web.market.target')} value={running ? percent(running.targetBp) : '—'} unit="%" />
        </div>
        <DataTable
          short
          label={say('web.market.phases')}
          rows={programme.phases}
          rowId={(row) => row.id}
          columns={[
            { key: 'phase', title: say('web.market.phase'), cell: (row) => say(`web.market.phase.${row.phase}`) },
            { key: 'from', title: say('web.market.from_on'), cell: (row) => <Day on={row.from} /> },
            { key: 'to', title: say('web.market.to_on'), cell: (row) => <Day on={row.to} /> },
            {
              key: 'target',
              title: say('web.market.target_percent'),
              numeric: true,
              cell: (row) => percent(row.targetBp),
            },
            {
              key: 'reached',
              title: say('web.market.reached_percent'),
              numeric: true,
              cell: (row) => (row.figures ? percent(row.figures.coverageBp) : '—'),
            },
            {
              key: 'state',
              title: say('web.prevention.state'),
              cell: (row) => (
                <Mark tone={row.state === 'closed' ? 'good' : row.state === 'running' ? 'accent' : 'plain'}>
                  {say(`web.market.phase_state.${row.state}`)}
                </Mark>
              ),
            },
            { key: 'lessons', title: say('web.market.lessons'), wide: true, cell: (row) => row.lessons || '—' },
          ]}
        />
        {running ? <Running key={running.id} phase={running} mayAct={mayAct} /> : null}
      </div>
    </Panel>
  );
}

function Running({ phase, mayAct }: { phase: Phase; mayAct: boolean }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ evaluation: '', lessons: '' });
  const open = phase.items.filter(({ doneOn }) => doneOn === null).length;
  const close = async () => {
    await post(`/market/programme-phases/${phase.id}/close`, { version: phase.version, ...given });
    await queries.invalidateQueries({ queryKey: ['market'] });
  };
  return (
    <section className="file-part">
      <h2>{say('web.market.startup', { phase: say(`web.market.phase.${phase.phase}`) })}</h2>
      <ul className="stack">
        {phase.items.map((item) => (
          <ItemLine key={item.id} item={item} mayAct={mayAct} />
        ))}
      </ul>
      {mayAct && open === 0 ? (
        <Form act={act} submit={say('web.market.close_phase')} onSubmit={() => void act.run(close)}>
          <TextField
            label={say('web.market.evaluation')}
            value={given.evaluation}
            onChange={(evaluation) => setGiven({ ...given, evaluation })}
          />
          <TextField
            label={say('web.market.lessons')}
            value={given.lessons}
            onChange={(lessons) => setGiven({ ...given, lessons })}
          />
        </Form>
      ) : mayAct ? (
        <p className="muted">{say('web.market.close_when_done', { n: open })}</p>
      ) : null}
    </section>
  );
}

function ItemLine({ item, mayAct }: { item: Item; mayAct: boolean }) {
  const say = useSay();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const [on, setOn] = useState('');
  const [isOpen, setOpen] = useState(false);
  const done = async () => {
    await post(`/market/programme-items/${item.id}/done`, { version: item.version, on, note });
    await queries.invalidateQueries({ queryKey: ['market'] });
    setOpen(false);
  };
  return (
    <li className="stack">
      <span className="row wrap">
        <Mark tone={item.doneOn ? 'good' : 'unknown'}>{item.title}</Mark>
        {item.doneOn ? (
          <span className="muted">
            {item.doneOn} {item.note}
          </span>
        ) : (
          <Due on={item.dueOn} soonDays={14} />
        )}
        {mayAct && !item.doneOn ? (
          <button type="button" className="chip" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {say('web.market.mark_done')}
          </button>
        ) : null}
      </span>
      {isOpen ? (
        <div className="row wrap">
          <TextField label={say('web.market.done_on')} type="date" value={on} onChange={setOn} />
          <LongTextField label={say('web.market.done_note')} value={note} onChange={setNote} />
          <ActButton primary label={say('web.market.mark_done')} onAct={done} />
        </div>
      ) : null}
    </li>
  );
}

type Plan = Record<(typeof PHASES)[number], { from: string; to: string; target: string }>;
const EMPTY_PLAN: Plan = {
  pilot: { from: '', to: '', target: '20' },
  rollout: { from: '', to: '', target: '60' },
  routine: { from: '', to: '', target: '95' },
};

function OpenForm({ marks, onDone }: { marks: readonly string[]; onDone: () => void }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const districts = useOwnDistricts();
  const [head, setHead] = useState({ name: '', kind: 'comprehensive', areaCode: '', aim: '' });
  const [chosen, setChosen] = useState<string[]>([...marks]);
  const [plan, setPlan] = useState(EMPTY_PLAN);
  const send = async () => {
    const phases = PHASES.map((phase) => ({
      phase,
      from: plan[phase].from,
      to: plan[phase].to,
      targetBp: Math.round(Number(plan[phase].target) * 100),
    }));
    await post('/market/programmes', { ...head, marks: chosen, phases });
    await queries.invalidateQueries({ queryKey: ['market'] });
    onDone();
  };
  return (
    <Panel title={say('web.market.open_programme')}>
      <Form act={act} submit={say('web.market.open_programme')} onSubmit={() => void act.run(send)} onCancel={onDone}>
        <TextField
          label={say('web.market.programme_name')}
          value={head.name}
          onChange={(name) => setHead({ ...head, name })}
        />
        <ChoiceField
          label={say('web.market.district')}
          options={districts.map(({ code, name }) => ({ value: code, label: name }))}
          value={head.areaCode}
          onChange={(areaCode) => setHead({ ...head, areaCode })}
        />
        <ChoiceField
          label={say('web.market.kind')}
          options={KINDS.map((value) => ({ value, label: say(`web.market.kind.${value}`) }))}
          value={head.kind}
          onChange={(kind) => setHead({ ...head, kind })}
        />
        <ManyField
          label={say('web.market.first')}
          hint={say('web.market.first_hint')}
          options={MARKS.map((value) => ({ value, label: say(`web.market.mark.${value}`) }))}
          value={chosen}
          onChange={setChosen}
        />
        <TextField label={say('web.market.aim')} value={head.aim} onChange={(aim) => setHead({ ...head, aim })} />
        {PHASES.map((phase) => (
          <fieldset key={phase} className="row wrap">
            <legend>{say(`web.market.phase.${phase}`)}</legend>
            {(['from', 'to', 'target'] as const).map((field) => (
              <TextField
                key={field}
                label={say(`web.market.plan.${field}`)}
                type={field === 'target' ? 'number' : 'date'}
                value={plan[phase][field]}
                onChange={(value) => setPlan({ ...plan, [phase]: { ...plan[phase], [field]: value } })}
              />
            ))}
          </fieldset>
        ))}
      </Form>
    </Panel>
  );
}
