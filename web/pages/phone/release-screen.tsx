import { useEffect, useState } from 'react';
import { useSay } from '../../say.ts';
import { CausePicker } from './cause-picker.tsx';
import type { ScreenProps } from './job-page.tsx';
import { Thumb } from './next-act.tsx';
import { Photos } from './photos.tsx';
import { type Draft, draftIn, emptyDraft, METHODS, MOST_PEOPLE } from './release.rules.ts';
import { forgetDraft, keepDraft, keptDraft } from './store.ts';

/** What came of it. Only the number of people is needed; the rest may follow. What is filled in survives a killed page. */
export function ReleaseScreen({ job, entries, accountId, onAct }: ScreenProps & { accountId: string }) {
  const say = useSay();
  const [draft, setDraft] = useDraft(
    job.offerId,
    emptyDraft({ people: job.people ?? job.needs.people, injuries: job.needs.injuries }),
  );
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const done = () => {
    const { people, injuries, classCode, detailCode, method, remark } = draft;
    const cause = { causeClass: classCode, causeDetail: detailCode };
    onAct({
      do: 'release',
      people,
      ...(injuries === null ? {} : { injuries }),
      ...cause,
      method,
      remark: remark.trim(),
      photos: [],
    });
    void forgetDraft(job.offerId);
  };
  return (
    <>
      <main className="phone-body">
        <People people={draft.people} onChange={(people) => change({ people })} />
        <Injuries isHurt={draft.injuries} onChange={(injuries) => change({ injuries })} />
        <CausePicker label={say('phone.release.cause')} cause={draft} onChange={change} />
        <label className="phone-field">
          {say('phone.release.method')}
          <select value={draft.method} onChange={({ target }) => change({ method: target.value })}>
            <option value="">{say('phone.release.unknown')}</option>
            {METHODS.map((method) => (
              <option key={method} value={method}>
                {say(`phone.method.${method}`)}
              </option>
            ))}
          </select>
        </label>
        <Photos job={job} entries={entries} accountId={accountId} />
        <label className="phone-field">
          {say('phone.release.remark')}
          <textarea
            rows={2}
            maxLength={2_000}
            value={draft.remark}
            onChange={({ target }) => change({ remark: target.value })}
          />
        </label>
      </main>
      <Thumb
        main={
          <button type="button" className="phone-act" onClick={done}>
            {say('phone.act.release')}
          </button>
        }
      />
    </>
  );
}

/** The form, as it was left. */
function useDraft(offerId: string, empty: Draft): [Draft, (draft: Draft) => void] {
  const [draft, setDraft] = useState(empty);
  useEffect(() => {
    keptDraft(offerId).then(
      (kept) => setDraft((now) => draftIn(kept) ?? now),
      () => undefined, // a phone that keeps nothing starts with an empty form
    );
  }, [offerId]);
  const change = (next: Draft) => {
    setDraft(next);
    keepDraft(offerId, next).catch(() => undefined); // a convenience: the screen still holds what was typed
  };
  return [draft, change];
}

function People({ people, onChange }: { people: number; onChange: (people: number) => void }) {
  const say = useSay();
  return (
    <section className="phone-field">
      <span id="people">{say('phone.release.people')}</span>
      <div className="phone-stepper" role="group" aria-labelledby="people">
        <button
          type="button"
          aria-label={say('phone.release.less')}
          disabled={people === 0}
          onClick={() => onChange(people - 1)}
        >
          −
        </button>
        <output aria-live="polite">{people}</output>
        <button
          type="button"
          aria-label={say('phone.release.more')}
          disabled={people >= MOST_PEOPLE}
          onClick={() => onChange(people + 1)}
        >
          +
        </button>
      </div>
      {people === 0 ? <span className="muted">{say('phone.release.nobody')}</span> : null}
    </section>
  );
}

function Injuries({ isHurt, onChange }: { isHurt: boolean | null; onChange: (isHurt: boolean) => void }) {
  const say = useSay();
  return (
    <section className="phone-field">
      <span id="injuries">{say('phone.release.injuries')}</span>
      <div className="phone-choices two" role="radiogroup" aria-labelledby="injuries">
        {[false, true].map((one) => (
          <button
            key={String(one)}
            type="button"
            role="radio"
            aria-checked={isHurt === one}
            className="phone-choice"
            onClick={() => onChange(one)}
          >
            {say(one ? 'phone.release.yes' : 'phone.release.no')}
          </button>
        ))}
      </div>
      {isHurt ? (
        <p className="phone-danger" role="alert">
          <span aria-hidden="true">●</span> {say('phone.release.injured_hint')}
        </p>
      ) : null}
    </section>
  );
}
