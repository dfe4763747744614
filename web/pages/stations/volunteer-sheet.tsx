import { type ReactNode, useState } from 'react';
import type { z } from 'zod';
import type { volunteerCode, volunteerDecision, volunteerUnmasked } from '../../../contract/rescue-volunteers.ts';
import { apiUrl, post } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import { Facts } from '../../ui/page.tsx';
import { useAct } from '../../ui/use-act.ts';
import { Day } from '../../ui/when.tsx';
import { useReread, type Volunteers } from './field.ts';

type Force = Volunteers['items'][number];
type Decision = z.input<typeof volunteerDecision>;

/** Days and times in one line: 周一、周二 08:00–20:00. */
export function useHours(): (force: Pick<Force, 'weekdays' | 'fromTime' | 'toTime'>) => string {
  const say = useSay();
  return ({ weekdays, fromTime, toTime }) => {
    const to = toTime <= fromTime ? say('rescue.volunteer.overnight', { at: toTime }) : toTime;
    return `${weekdays.map((day) => say(`rescue.volunteer.weekday.${day}`)).join(' ')} ${fromTime}–${to}`;
  };
}

/** One volunteer force: what it said of itself, what it sent, and the decision. */
export function VolunteerSheet({ force, validDays }: { force: Force; validDays: number }) {
  const say = useSay();
  return (
    <div className="form-body stack">
      <h2>
        {force.number} <span className="muted">{say(`rescue.volunteer.state.${force.state}`)}</span>
      </h2>
      <ForceFacts force={force} />
      {force.can.decide ? <Until force={force} act="approve" validDays={validDays} /> : null}
      {force.can.decide ? <Because force={force} act="refuse" /> : null}
      {force.can.prolong ? <Until force={force} act="prolong" validDays={validDays} /> : null}
      {force.can.end ? <Because force={force} act="end" /> : null}
      {force.phone ? <Personal force={force} /> : null}
      {force.phone ? <NewCode force={force} /> : null}
    </div>
  );
}

function ForceFacts({ force }: { force: Force }) {
  const say = useSay();
  const hours = useHours();
  // Before the decision there is neither a last day nor a reason.
  const decided: readonly (readonly [string, ReactNode])[] =
    force.state === 'waiting'
      ? []
      : [
          [say('rescue.volunteer.valid_until'), <Day key="u" on={force.validUntil} />],
          [say('rescue.volunteer.reason'), force.reason],
        ];
  const certificate = [force.certificateKind, force.certificateNumber].filter(Boolean).join(' ');
  return (
    <Facts
      rows={[
        [say('rescue.volunteer.who'), force.name],
        [say('rescue.volunteer.category'), say(`rescue.volunteer.category.${force.category}`)],
        [say('rescue.volunteer.contact'), force.contact],
        [say('rescue.volunteer.phone'), force.phone],
        [say('rescue.volunteer.members'), force.members.map((m) => `${m.name} ${m.phone}`).join(' · ')],
        [say('rescue.volunteer.competence'), force.competence],
        [say('rescue.volunteer.certificate'), certificate],
        [say('rescue.volunteer.certificate_until'), <Day key="c" on={force.certificateUntil} />],
        [say('rescue.volunteer.papers'), <Papers key="p" force={force} />],
        [
          say('rescue.volunteer.place'),
          [`${force.district} ${force.address}`, force.lng === null ? say('rescue.volunteer.no_place') : '']
            .filter(Boolean)
            .join(' · '),
        ],
        [say('rescue.volunteer.hours'), hours(force)],
        ...decided,
      ]}
    />
  );
}

function Papers({ force }: { force: Force }) {
  const say = useSay();
  if (force.papers.length === 0) return say('rescue.volunteer.no_papers');
  return (
    <span className="row">
      {force.papers.map((paper, i) => (
        <a
          key={paper.id}
          href={apiUrl(`/rescue/volunteers/${force.id}/papers/${paper.id}`)}
          target="_blank"
          rel="noreferrer"
        >
          {say('rescue.volunteer.paper', { n: i + 1 })}
        </a>
      ))}
    </span>
  );
}

const decide = (force: Force, decision: Decision) => post(`/rescue/volunteers/${force.id}/decision`, decision);

/** Approve or prolong: until when. */
function Until({ force, act: which, validDays }: { force: Force; act: 'approve' | 'prolong'; validDays: number }) {
  const say = useSay();
  const act = useAct();
  const reread = useReread();
  const [validUntil, setUntil] = useState(() => cityDay(today().getTime() + validDays * 86_400_000));
  const send = async () => {
    await decide(force, { do: which, version: force.version, validUntil });
    await reread();
  };
  return (
    <Form act={act} submit={say(`rescue.volunteer.${which}`)} onSubmit={() => void act.run(send)}>
      {which === 'approve' ? <p className="muted">{say('rescue.volunteer.approve_means')}</p> : null}
      <TextField
        type="date"
        label={say('rescue.volunteer.valid_until')}
        hint={say('rescue.volunteer.valid_hint', { days: validDays })}
        value={validUntil}
        onChange={setUntil}
        fault={faultsByField(act.problem)['validUntil']}
      />
    </Form>
  );
}

/** Refuse or end: why. The applicant reads it. */
function Because({ force, act: which }: { force: Force; act: 'refuse' | 'end' }) {
  const say = useSay();
  const act = useAct();
  const reread = useReread();
  const [reason, setReason] = useState('');
  const send = async () => {
    await decide(force, { do: which, version: force.version, reason });
    await reread();
  };
  return (
    <Form act={act} submit={say(`rescue.volunteer.${which}`)} onSubmit={() => void act.run(send)}>
      {which === 'end' ? <p className="muted">{say('rescue.volunteer.end_means')}</p> : null}
      <TextField
        label={say('rescue.volunteer.reason')}
        hint={say('rescue.volunteer.reason_hint')}
        value={reason}
        onChange={setReason}
        fault={faultsByField(act.problem)['reason']}
      />
    </Form>
  );
}

function Personal({ force }: { force: Force }) {
  const say = useSay();
  const act = useAct();
  const [reason, setReason] = useState('');
  const [shown, setShown] = useState<z.infer<typeof volunteerUnmasked> | null>(null);
  const send = async () => setShown(await post(`/rescue/volunteers/${force.id}/unmasking`, { reason }));
  if (shown)
    return (
      <Facts
        rows={[
          [say('rescue.volunteer.who'), shown.name],
          [say('rescue.volunteer.contact'), shown.contact],
          [say('rescue.volunteer.phone'), shown.phone],
          [say('rescue.volunteer.certificate'), shown.certificateNumber],
          [say('rescue.volunteer.members'), shown.members.map((m) => `${m.name} ${m.phone}`).join(' · ')],
        ]}
      />
    );
  return (
    <Form act={act} submit={say('rescue.volunteer.unmask')} onSubmit={() => void act.run(send)}>
      <TextField
        label={say('rescue.volunteer.unmask_reason')}
        value={reason}
        onChange={setReason}
        fault={faultsByField(act.problem)['reason']}
      />
    </Form>
  );
}

function NewCode({ force }: { force: Force }) {
  const say = useSay();
  const [code, setCode] = useState('');
  if (code) return <p className="figure-value">{code}</p>;
  return (
    <ActButton
      label={say('rescue.volunteer.new_code')}
      confirm={{
        title: say('rescue.volunteer.new_code_title', { number: force.number }),
        consequence: say('rescue.volunteer.new_code_means'),
      }}
      onAct={async () => {
        const made = await post<z.infer<typeof volunteerCode>>(`/rescue/volunteers/${force.id}/code`);
        setCode(made.code);
      }}
    />
  );
}
