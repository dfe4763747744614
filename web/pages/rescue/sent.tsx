import Button from 'antd/es/button/index.js';
import { useEffect, useState } from 'react';
import { post } from '../../api.ts';
import { usePreferences } from '../../preferences.ts';
import { type Problem, problemOf, problemWords } from '../../problem.ts';
import { useSay } from '../../say.ts';
import type { Candidate, Detail } from './rescue-types.ts';

/** How long an offer can be taken back with one key press. The rescuer is called at once all the same. */
const UNDO_MS = 5_000;

export type Sent = {
  last: { crew: string; incidentId: string; offerId: string; until: number } | null;
  problem: Problem | null;
  send: (candidate: Candidate) => Promise<void>;
  undo: () => Promise<void>;
};

/** Send a rescuer at once, and offer to take it back for five seconds. */
export function useSent(incidentId: string, reread: () => void): Sent {
  const [last, setLast] = useState<Sent['last']>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    if (!last) return undefined;
    const timer = setTimeout(() => setLast(null), Math.max(0, last.until - Date.now()));
    return () => clearTimeout(timer);
  }, [last]);
  const attempt = async (work: () => Promise<void>) => {
    setProblem(null);
    await work().catch((thrown: unknown) => setProblem(problemOf(thrown))); // shown beside the list
    reread();
  };
  return {
    last,
    problem,
    send: (candidate) =>
      attempt(async () => {
        const body = { do: 'offer', personIds: [candidate.personId], reason: '' };
        const detail = await post<Detail>(`/rescue/incidents/${incidentId}/orders`, body);
        const offer = detail.offers.find((o) => o.crewId === candidate.personId);
        if (offer) setLast({ crew: candidate.label, incidentId, offerId: offer.id, until: Date.now() + UNDO_MS });
      }),
    undo: () =>
      attempt(async () => {
        if (!last) return;
        await post(`/rescue/incidents/${last.incidentId}/orders`, { do: 'withdraw', offerId: last.offerId });
        setLast(null);
      }),
  };
}

/** What was just sent, with the button that takes it back; or why it was refused. */
export function SentNote({ sent, now }: { sent: Sent; now: number }) {
  const say = useSay();
  const { language } = usePreferences();
  if (sent.problem)
    return (
      <p className="desk-sent" role="alert">
        {problemWords(sent.problem, language).title}
      </p>
    );
  if (!sent.last) return null;
  const seconds = Math.max(0, Math.ceil((sent.last.until - now) / 1_000));
  return (
    <p className="desk-sent row" role="status">
      {say('rescue.desk.sent', { crew: sent.last.crew })}
      <Button size="small" onClick={() => void sent.undo()}>
        {say('rescue.desk.undo', { s: seconds })}
      </Button>
    </p>
  );
}
