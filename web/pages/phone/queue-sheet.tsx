import { Link, useLocation } from 'react-router';
import { paths } from '../../paths.ts';
import { usePreferences } from '../../preferences.ts';
import { problemWords } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { clockTime } from '../../time.ts';
import type { Entry } from './outbox.rules.ts';
import { sendAgain, useOutbox } from './outbox.ts';
import { Sheet } from './sheet.tsx';

/** What has not reached the server yet: each act with its time, and why it was not taken. */
export function QueueSheet({ entries, onClose }: { entries: readonly Entry[]; onClose: () => void }) {
  const say = useSay();
  const location = useLocation();
  const { mustSignIn, isSending } = useOutbox();
  return (
    <Sheet
      title={entries.length > 0 ? say('phone.sync.waiting', { n: entries.length }) : say('phone.sync.done')}
      onClose={onClose}
    >
      <ul className="phone-queue">
        {entries.map((entry) => (
          <Line key={entry.key} entry={entry} />
        ))}
      </ul>
      {entries.length === 0 ? <p>{say('phone.sync.none')}</p> : null}
      <p className="muted">{say('phone.sync.what')}</p>
      {mustSignIn ? (
        <Link className="phone-act" to={paths.signIn(location.pathname)}>
          {say('phone.sync.to_sign_in')}
        </Link>
      ) : entries.length > 0 ? (
        <button type="button" className="phone-act" disabled={isSending} onClick={() => void sendAgain()}>
          {say('phone.sync.again')}
        </button>
      ) : null}
    </Sheet>
  );
}

function Line({ entry }: { entry: Entry }) {
  const say = useSay();
  const { language } = usePreferences();
  const reason = entry.problem ? problemWords(entry.problem, language).title : '';
  return (
    <li>
      <span className="row">
        <strong>{say(`phone.act.${entry.act.do}`)}</strong>
        <time className="muted push" dateTime={entry.happenedAt}>
          {clockTime(entry.happenedAt)}
        </time>
      </span>
      {entry.state === 'held' ? (
        <p className="phone-held">{say('phone.sync.kept', { reason })}</p>
      ) : (
        <p className="muted">{say('phone.sync.waits')}</p>
      )}
    </li>
  );
}
