import { useQuery, useQueryClient } from '@tanstack/react-query';
import Input from 'antd/es/input/index.js';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { BindingLine, bindingAnswer } from '../../../contract/telemetry-work.ts';
import { get, post, remove } from '../../api.ts';
import { paths } from '../../paths.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';
import type { Source } from './sources.tsx';
import '../registry/file.css';

type Answer = z.infer<typeof bindingAnswer>;

/** Which elevators a sender may speak for by binding. Regulators bind and unbind. */
export function Bindings({ source }: { source: Source }) {
  const say = useSay();
  const { role } = useMe();
  const mayDecide = role.endsWith('_regulator');
  const bindings = useQuery({
    queryKey: ['telemetry', '/telemetry/sources', source.id, 'bindings'],
    queryFn: ({ signal }) =>
      get<{ items: readonly BindingLine[] }>(`/telemetry/sources/${source.id}/bindings`, {}, signal),
  });
  return (
    <article className="file-body">
      <header className="stack">
        <h1>{source.name}</h1>
        <p className="muted">{say('web.bindings.what')}</p>
      </header>
      <section className="file-part">
        <h2>{say('web.bindings.title')}</h2>
        <Loaded query={bindings} lines={3}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={say('web.bindings.empty')} hint={say('web.bindings.empty_hint')} />
            ) : (
              <ul className="documents">
                {items.map((line) => (
                  <Bound key={line.elevatorId} sourceId={source.id} line={line} mayDecide={mayDecide} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
      {mayDecide ? <BindForm sourceId={source.id} /> : null}
    </article>
  );
}

function Bound({ sourceId, line, mayDecide }: { sourceId: string; line: BindingLine; mayDecide: boolean }) {
  const say = useSay();
  const queries = useQueryClient();
  const unbind = async () => {
    await remove(`/telemetry/sources/${sourceId}/bindings/${line.elevatorId}`);
    await queries.invalidateQueries({ queryKey: ['telemetry', '/telemetry/sources'] });
  };
  return (
    <li className="document">
      <Link to={paths.elevator(line.elevatorId)}>{line.address || line.elevatorId}</Link>
      <div className="row wrap muted small">
        <code>{line.rescueCode ?? line.registrationCode}</code>
        <When at={line.boundAt} />
      </div>
      {mayDecide ? (
        <ActButton
          label={say('web.bindings.remove')}
          confirm={{
            title: say('web.bindings.remove_title', { address: line.address }),
            consequence: say('web.bindings.remove_consequence'),
          }}
          onAct={unbind}
        />
      ) : null}
    </li>
  );
}

function BindForm({ sourceId }: { sourceId: string }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const send = async () => {
    const codes = text.split(/[\s,，;；]+/u).filter(Boolean);
    const done = await post<Answer>(`/telemetry/sources/${sourceId}/bindings`, { codes });
    setAnswer(done);
    setText(done.unknown.join('\n'));
    await queries.invalidateQueries({ queryKey: ['telemetry', '/telemetry/sources'] });
  };
  return (
    <Form act={act} submit={say('web.bindings.add')} onSubmit={() => void act.run(send)}>
      <Field
        label={say('web.bindings.codes')}
        hint={say('web.bindings.codes_hint')}
        fault={faultsByField(act.problem)['codes']}
      >
        {(wiring) => (
          <Input.TextArea {...wiring} rows={4} value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      {answer ? (
        <p role="status">
          {say('web.bindings.done', answer)}{' '}
          {answer.unknown.length > 0 ? say('web.bindings.unknown', { codes: answer.unknown.join(say('web.and')) }) : ''}
        </p>
      ) : null}
    </Form>
  );
}
