import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { lookAtCode } from '../../../contract/prevention.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { problemError } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { Mark } from '../../ui/mark.tsx';
import { useDocumentTitle } from '../../ui/page.tsx';
import { Failing, Loading } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { findPlace } from '../phone/position.ts';
import { useFacts } from './facts.ts';
import { type Draft, type Kind, type Result, sendDraft, type Taken, useDraft } from './survey-draft.ts';
import { FoundList } from './survey-found.tsx';
import { KINDS } from './visits.tsx';
import '../phone/phone.css';

type Seen = z.infer<typeof lookAtCode>;
const RESULTS: readonly Result[] = ['pass', 'fail', 'not_seen'];

/** A surveyor on site: the code on the plate, what was looked at, what was found with photos, and one button. */
export function SurveyPage() {
  const say = useSay();
  const { draft, change } = useDraft();
  const [taken, setTaken] = useState<Taken | null>(null);
  useDocumentTitle(say('web.menu.survey'));
  if (draft === undefined) return <Loading />;
  return (
    <div className="phone">
      <header className="phone-top">
        <Link className="phone-back" to={paths.visits()} aria-label={say('phone.back')}>
          ‹
        </Link>
        <h1 className="clip">{say('web.menu.survey')}</h1>
      </header>
      {taken ? (
        <Done taken={taken} onNext={() => setTaken(null)} />
      ) : draft === null ? (
        <Start onStart={change} />
      ) : (
        <Visit
          draft={draft}
          change={change}
          onTaken={(sent) => {
            setTaken(sent);
            change(null);
          }}
        />
      )}
    </div>
  );
}

function Start({ onStart }: { onStart: (draft: Draft) => void }) {
  const say = useSay();
  const act = useAct();
  const [code, setCode] = useState('');
  const [kind, setKind] = useState<Kind>('prevention_visit');
  const begin = async () => {
    const startedAt = new Date().toISOString();
    const at = await findPlace();
    const position = at ? { lng: at.lng, lat: at.lat, accuracyM: at.accuracyMetres } : null;
    onStart({
      id: crypto.randomUUID(),
      kind,
      rescueCode: code,
      startedAt,
      position,
      checks: {},
      findings: [],
      summary: '',
      endedAt: null,
    });
  };
  return (
    <>
      <main className="phone-body">
        <label className="phone-field">
          {say('web.prevention.code')}
          <input
            className="phone-digits"
            inputMode="numeric"
            autoComplete="off"
            maxLength={6}
            value={code}
            onChange={(event) => setCode(event.target.value.replaceAll(/\D/g, ''))}
          />
        </label>
        {code.length === 6 ? (
          <LookAt key={code} code={code} />
        ) : (
          <p className="muted">{say('web.prevention.code_hint')}</p>
        )}
        <section className="phone-field">
          <span id="kind">{say('web.prevention.kind')}</span>
          <div className="phone-choices two" role="radiogroup" aria-labelledby="kind">
            {KINDS.map((one) => (
              <button
                key={one}
                type="button"
                role="radio"
                aria-checked={kind === one}
                className="phone-choice"
                onClick={() => setKind(one)}
              >
                {say(`web.prevention.kind.${one}`)}
              </button>
            ))}
          </div>
        </section>
      </main>
      <footer className="phone-foot">
        <button
          type="button"
          className="phone-act"
          disabled={code.length !== 6 || act.isRunning}
          onClick={() => void act.run(begin)}
        >
          {say('web.prevention.begin')}
        </button>
      </footer>
    </>
  );
}

/** Where he stands, as far as the network tells; without one the visit begins all the same. */
function LookAt({ code }: { code: string }) {
  const say = useSay();
  const act = useAct();
  const [seen, setSeen] = useState<Seen | null>(null);
  const look = async () => setSeen(await get<Seen>('/prevention/elevators/by-code', { code }));
  if (act.problem) return <Failing error={problemError(act.problem)} onRetry={() => void act.run(look)} />;
  if (!seen)
    return (
      <button type="button" className="phone-small" disabled={act.isRunning} onClick={() => void act.run(look)}>
        {say('web.prevention.look')}
      </button>
    );
  return (
    <section className="phone-card">
      <strong>{seen.address}</strong>
      <span className="muted">{[seen.useUnit, seen.maintenanceUnit].filter(Boolean).join(' · ')}</span>
      <Mark tone={seen.covered ? 'good' : 'warn'}>
        {seen.covered
          ? say('web.prevention.covered', { number: seen.policyNumber })
          : say('web.prevention.not_covered')}
      </Mark>
      {seen.openFindings > 0 ? (
        <Mark tone="warn">{say('web.prevention.has_open', { n: seen.openFindings })}</Mark>
      ) : null}
    </section>
  );
}

type VisitProps = { draft: Draft; change: (draft: Draft | null) => void; onTaken: (taken: Taken) => void };

function Visit({ draft, change, onTaken }: VisitProps) {
  const say = useSay();
  const act = useAct();
  const set = (part: Partial<Draft>) => change({ ...draft, ...part });
  const send = async () => onTaken(await sendDraft(draft, change));
  const bare = draft.findings.some(({ photos }) => photos.length === 0);
  return (
    <>
      <main className="phone-body">
        <p className="row wrap">
          <strong className="phone-digits-small">{draft.rescueCode}</strong>
          <span>{say(`web.prevention.kind.${draft.kind}`)}</span>
        </p>
        {draft.kind === 'quality_check' ? <Checks draft={draft} onChange={(checks) => set({ checks })} /> : null}
        <FoundList findings={draft.findings} onChange={(findings) => set({ findings })} />
        <label className="phone-field">
          {say('web.prevention.summary')}
          <textarea
            rows={2}
            maxLength={2_000}
            value={draft.summary}
            onChange={({ target }) => set({ summary: target.value })}
          />
        </label>
        {act.problem ? (
          <>
            <Mark tone="warn">{say('web.prevention.kept_here')}</Mark>
            <Failing error={problemError(act.problem)} />
          </>
        ) : null}
        <button
          type="button"
          className="phone-small"
          onClick={() => confirm(say('web.prevention.drop_sure')) && change(null)}
        >
          {say('web.prevention.drop')}
        </button>
      </main>
      <footer className="phone-foot">
        {bare ? <span className="muted">{say('web.prevention.photo_first')}</span> : null}
        <button type="button" className="phone-act" disabled={act.isRunning || bare} onClick={() => void act.run(send)}>
          {say(act.isRunning ? 'web.prevention.sending' : 'web.prevention.finish')}
        </button>
      </footer>
    </>
  );
}

function Checks({ draft, onChange }: { draft: Draft; onChange: (checks: Draft['checks']) => void }) {
  const say = useSay();
  const { facts } = useFacts();
  return (
    <section className="phone-field">
      <span>{say('web.prevention.checks')}</span>
      {facts.checklist.map(({ code, name }) => (
        <div key={code} className="survey-check">
          <span id={`check-${code}`}>{name}</span>
          <div className="phone-choices three" role="radiogroup" aria-labelledby={`check-${code}`}>
            {RESULTS.map((result) => (
              <button
                key={result}
                type="button"
                role="radio"
                aria-checked={draft.checks[code] === result}
                className="phone-choice"
                onClick={() => onChange({ ...draft.checks, [code]: result })}
              >
                {say(`web.prevention.check.${result}`)}
              </button>
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

function Done({ taken, onNext }: { taken: Taken; onNext: () => void }) {
  const say = useSay();
  return (
    <>
      <main className="phone-body">
        <Mark tone="good">{say('web.prevention.taken', { number: taken.number })}</Mark>
        {taken.remarks.map((remark) => (
          <Mark key={remark} tone="warn">
            {say(`web.prevention.remark.${remark}`)}
          </Mark>
        ))}
        <ul className="stack">
          {taken.findings.map(({ id, number, dueOn }) => (
            <li key={id}>
              <Link to={paths.findings({ open: id })}>{number}</Link> {say('web.prevention.due_by', { dueOn })}
            </li>
          ))}
        </ul>
      </main>
      <footer className="phone-foot">
        <button type="button" className="phone-act" onClick={onNext}>
          {say('web.prevention.next_visit')}
        </button>
      </footer>
    </>
  );
}
