import { useState } from 'react';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { Mark, type Tone } from '../../ui/mark.tsx';
import type { Entry } from './outbox.rules.ts';
import { type Outbox, useOutbox } from './outbox.ts';
import { QueueSheet } from './queue-sheet.tsx';

/** The way back: to another page, or out of a form. */
type Back = string | (() => void);

/** Title, the way back, and always the state of the connection. */
export function TopBar({ title, back, own = [] }: { title: string; back?: Back; own?: readonly Entry[] }) {
  const say = useSay();
  const outbox = useOutbox();
  const [isOpen, setOpen] = useState(false);
  const { tone, word, n } = stateOf(outbox, own);
  return (
    <header className="phone-top">
      {back ? <BackTo back={back} /> : null}
      <h1 className="clip">{title}</h1>
      <button type="button" className="plain phone-sync" aria-live="polite" onClick={() => setOpen(true)}>
        <Mark tone={tone}>{say(word, { n })}</Mark>
      </button>
      {back ? null : (
        <Link className="phone-back" to={paths.ownAccount()} aria-label={say('phone.account')}>
          ⋯
        </Link>
      )}
      {isOpen ? <QueueSheet entries={own} onClose={() => setOpen(false)} /> : null}
    </header>
  );
}

function BackTo({ back }: { back: Back }) {
  const say = useSay();
  if (typeof back === 'string') {
    return (
      <Link className="phone-back" to={back} aria-label={say('phone.back')}>
        ‹
      </Link>
    );
  }
  return (
    <button type="button" className="phone-back" aria-label={say('phone.back')} onClick={back}>
      ‹
    </button>
  );
}

/** What the queue is like, in one word. What the server did not take comes first: somebody must act on it. */
function stateOf(
  { isRead, isOnline, mustSignIn }: Outbox,
  own: readonly Entry[],
): { tone: Tone; word: string; n: number } {
  const held = own.filter(({ state }) => state === 'held').length;
  const n = own.length;
  // Before the phone's database has answered, nobody knows what still waits in it: "synced" would be a guess.
  if (!isRead) return { tone: 'unknown', word: 'phone.sync.reading', n };
  if (held > 0) return { tone: 'warn', word: 'phone.sync.held', n: held };
  if (mustSignIn) return { tone: 'warn', word: 'phone.sync.sign_in', n };
  if (!isOnline) return { tone: 'warn', word: n > 0 ? 'phone.sync.offline_waiting' : 'phone.sync.offline', n };
  return n > 0 ? { tone: 'warn', word: 'phone.sync.waiting', n } : { tone: 'good', word: 'phone.sync.done', n };
}
