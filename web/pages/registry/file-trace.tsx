import Button from 'antd/es/button/index.js';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { ElevatorFileView, traceLine } from '../../../contract/registry.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Empty, Failing, Loading } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';

type Line = z.infer<typeof traceLine>;
const NEWEST_FIRST = { cursor: 'before' } as const;

/** Everything that became true about this elevator, newest first, from every part of the system. */
export function TraceTab({ elevator }: { elevator: ElevatorFileView }) {
  const say = useSay();
  const { rows, error, more, again } = useRows<Line>('registry', `/elevators/${elevator.id}/trace`, NEWEST_FIRST);
  if (error) return <Failing error={error} onRetry={again} />;
  if (!rows) return <Loading />;
  if (rows.length === 0) return <Empty title={say('web.elevator.no_trace')} />;
  return (
    <div className="stack">
      <ol className="timeline">
        {rows.map((line) => (
          <li key={line.id}>
            <When at={line.at} />
            <span>
              {say(line.code, line.params)}
              {line.mergedFrom ? (
                <Link to={paths.elevator(line.mergedFrom)} className="small">
                  {' '}
                  {say('web.elevator.from_duplicate')}
                </Link>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
      {more ? <Button onClick={more}>{say('web.list.more')}</Button> : null}
    </div>
  );
}
