import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import type { ScreenProps } from './job-page.tsx';
import { navigationUrl } from './navigation.ts';
import { RefuseSheet } from './refuse-sheet.tsx';
import type { Job } from './store.ts';

/** The one thing to do next, at the thumb; what else is possible stands smaller beside it. */
export function NextAct({ job, step, entries, onAct, onScreen }: ScreenProps) {
  const say = useSay();
  switch (step) {
    case 'answer':
      return <Answer onAct={onAct} />;
    case 'depart':
      return (
        <Thumb main={<Big onClick={() => onAct({ do: 'depart' })}>{say('phone.act.depart')}</Big>}>
          <Navigate job={job} />
          <Small onClick={() => onScreen('arrive')}>{say('phone.job.already_there')}</Small>
        </Thumb>
      );
    case 'travel':
      return (
        <Thumb main={<Big onClick={() => onScreen('arrive')}>{say('phone.act.arrive')}</Big>}>
          <Navigate job={job} />
        </Thumb>
      );
    case 'rescue':
      return <Thumb main={<Big onClick={() => onScreen('release')}>{say('phone.act.release')}</Big>} />;
    case 'ended':
      return (
        <Thumb main={<Home />}>
          <Small onClick={() => onScreen('release')}>{say('phone.job.report_on')}</Small>
        </Thumb>
      );
    case 'refused':
      return (
        <Thumb main={<Home />}>
          <Small onClick={() => onAct({ do: 'accept' })}>{say('phone.job.refused_undo')}</Small>
        </Thumb>
      );
    case 'done': {
      const isTold = entries.some(({ offerId, act }) => offerId === job.offerId && act.do === 'cause');
      return (
        <Thumb main={<Home />}>
          {isTold ? null : <Small onClick={() => onScreen('cause')}>{say('phone.done.cause')}</Small>}
        </Thumb>
      );
    }
    case 'planned':
    case 'lost':
      return <Thumb main={<Home />} />;
  }
}

function Answer({ onAct }: Pick<ScreenProps, 'onAct'>) {
  const say = useSay();
  const [isRefusing, setRefusing] = useState(false);
  return (
    <Thumb main={<Big onClick={() => onAct({ do: 'accept' })}>{say('phone.act.accept')}</Big>}>
      <Small onClick={() => setRefusing(true)}>{say('phone.act.refuse')}</Small>
      {isRefusing ? (
        <RefuseSheet onClose={() => setRefusing(false)} onRefuse={(reason) => onAct({ do: 'refuse', reason })} />
      ) : null}
    </Thumb>
  );
}

/** The foot of the screen: small acts in a row, the big one below them. */
export const Thumb = ({ main, children }: { main: ReactNode; children?: ReactNode }) => (
  <footer className="phone-foot">
    {children ? <div className="phone-beside">{children}</div> : null}
    {main}
  </footer>
);

export const Big = ({ onClick, children }: { onClick: () => void; children: ReactNode }) => (
  <button type="button" className="phone-act" onClick={onClick}>
    {children}
  </button>
);

export const Small = ({ onClick, children }: { onClick: () => void; children: ReactNode }) => (
  <button type="button" className="phone-small" onClick={onClick}>
    {children}
  </button>
);

function Home() {
  const say = useSay();
  return (
    <Link className="phone-act quiet" to={paths.jobs()}>
      {say('phone.job.all_jobs')}
    </Link>
  );
}

function Navigate({ job }: { job: Job }) {
  const say = useSay();
  if (job.lng === null || job.lat === null) return <span className="muted">{say('phone.job.no_place')}</span>;
  const href = navigationUrl({ lng: job.lng, lat: job.lat, name: job.address });
  return (
    <a className="phone-small" href={href} target="_blank" rel="noreferrer">
      {say('phone.job.navigate')}
    </a>
  );
}
