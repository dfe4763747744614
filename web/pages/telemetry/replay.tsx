import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import Slider from 'antd/es/slider/index.js';
import { useEffect, useState } from 'react';
import type { ElevatorFileView } from '../../../contract/registry.ts';
import type { Replay as ReplayData } from '../../../contract/telemetry.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { clockTime, fullTime } from '../../time.ts';
import { Panel } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { Car } from './car.tsx';
import { PresentFacts } from './present-facts.tsx';
import { pictureAt } from './replay.rules.ts';

const TICK_MS = 200;
const SPEED = 5; // seconds of the past per second of ours

/** The minutes around a moment, played again. */
export function Replay({ elevator, at, onClose }: { elevator: ElevatorFileView; at: string; onClose: () => void }) {
  const say = useSay();
  const replay = useQuery({
    queryKey: ['telemetry-replay', elevator.id, at],
    queryFn: ({ signal }) => get<ReplayData>(`/elevators/${elevator.id}/replay`, { at }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Panel
      title={say('web.history.replay_of', { at: fullTime(at) })}
      actions={
        <Button size="small" onClick={onClose}>
          {say('web.act.close')}
        </Button>
      }
    >
      <Loaded query={replay}>{(data) => <Player replay={data} elevator={elevator} />}</Loaded>
    </Panel>
  );
}

function Player({ replay, elevator }: { replay: ReplayData; elevator: ElevatorFileView }) {
  const say = useSay();
  const [first, last] = [Date.parse(replay.from), Date.parse(replay.to)];
  const [atMs, setAtMs] = useState(first);
  const [isPlaying, setPlaying] = useState(true);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => setAtMs((now) => Math.min(last, now + TICK_MS * SPEED)), TICK_MS);
    return () => clearInterval(timer);
  }, [isPlaying, last]);
  const picture = pictureAt(replay.before, replay.rows, atMs);
  const moment = Date.parse(replay.at);
  return (
    <div className="stack">
      <div className="row">
        <Button size="small" onClick={() => (atMs >= last ? setAtMs(first) : setPlaying(!isPlaying))}>
          {say(isPlaying && atMs < last ? 'web.history.pause' : 'web.history.play')}
        </Button>
        <span className="mono nowrap">{clockTime(atMs)}</span>
      </div>
      <Slider
        min={first}
        max={last}
        step={1_000}
        value={atMs}
        onChange={(next: number) => {
          setPlaying(false);
          setAtMs(next);
        }}
        marks={{ [moment]: clockTime(moment) }}
        tooltip={{ formatter: (value) => (value === undefined ? '' : clockTime(value)) }}
        ariaLabelForHandle={say('web.history.moment')}
      />
      <div className="live-view">
        <Car present={picture} shaft={elevator} />
        <PresentFacts present={picture} />
      </div>
    </div>
  );
}
