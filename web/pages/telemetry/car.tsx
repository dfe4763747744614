import type { Present } from '../../../contract/telemetry.ts';
import { useSay } from '../../say.ts';
import './car.css';

type Shaft = { bottomFloor: number | null; topFloor: number | null };
const HEIGHT = 320;
const WIDTH = 132;
const CAR_WIDTH = 64;
const MARGIN = 12;

/**
 * A car in its shaft: where it stands, doors, direction, who is inside. Floors are physical numbers. What was never
 * said is drawn as unknown (dashed), never as the harmless value.
 */
export function Car({ present, shaft }: { present: Present; shaft: Shaft }) {
  const say = useSay();
  const { bottom, top } = floorsOf(shaft, present.floor);
  const step = (HEIGHT - 2 * MARGIN) / Math.max(1, top - bottom + 1);
  const height = Math.min(48, Math.max(20, step - 2));
  const yOf = (floor: number) => HEIGHT - MARGIN - (floor - bottom + 0.5) * step - height / 2;
  const isUnknown = present.floor === undefined;
  const y = isUnknown
    ? (HEIGHT - height) / 2
    : yOf(present.floor ?? bottom) - (present.inDoorZone === false ? step / 2 : 0);
  const label = isUnknown ? say('web.car.floor_unknown') : say('web.car.at_floor', { floor: present.floor });
  return (
    <svg className="car" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <rect x={WIDTH - CAR_WIDTH - 16} y={2} width={CAR_WIDTH + 12} height={HEIGHT - 4} className="car-shaft" />
      <Floors bottom={bottom} top={top} step={step} />
      <g className="car-moving" style={{ transform: `translateY(${y}px)` }}>
        <Cabin present={present} height={height} isUnknown={isUnknown} />
      </g>
    </svg>
  );
}

/** The shaft's floors; when the file does not say, a few around where the car was seen. */
function floorsOf({ bottomFloor, topFloor }: Shaft, floor = 1): { bottom: number; top: number } {
  const bottom = Math.min(bottomFloor ?? Math.min(1, floor), floor);
  return { bottom, top: Math.max(topFloor ?? floor + 3, floor, bottom + 1) };
}

function Floors({ bottom, top, step }: { bottom: number; top: number; step: number }) {
  const every = Math.max(1, Math.ceil(14 / step)); // labels need this many pixels
  const floors = Array.from({ length: top - bottom + 1 }, (_, at) => bottom + at);
  return floors.map((floor, at) => {
    const y = HEIGHT - MARGIN - at * step;
    return (
      <g key={floor}>
        <line x1={WIDTH - CAR_WIDTH - 22} x2={WIDTH - 4} y1={y} y2={y} className="car-floor" />
        {at % every === 0 ? (
          <text x={WIDTH - CAR_WIDTH - 28} y={y - step / 2 + 4} className="car-label">
            {floor}
          </text>
        ) : null}
      </g>
    );
  });
}

function Cabin({ present, height, isUnknown }: { present: Present; height: number; isUnknown: boolean }) {
  const left = WIDTH - CAR_WIDTH - 10;
  const half = CAR_WIDTH / 2;
  const isOpen = present.doorOpen === true;
  const panel = isOpen ? 6 : half - 1;
  const middle = left + half;
  return (
    <>
      <rect
        x={left}
        y={0}
        width={CAR_WIDTH}
        height={height}
        className={isUnknown ? 'car-cabin car-unknown' : 'car-cabin'}
      />
      {isOpen || present.doorClosed === true ? (
        <>
          <rect x={left + 1} y={1} width={panel} height={height - 2} className="car-door" />
          <rect x={left + CAR_WIDTH - 1 - panel} y={1} width={panel} height={height - 2} className="car-door" />
        </>
      ) : null}
      {present.occupied ? (
        <circle cx={middle} cy={height / 2} r={Math.min(5, height / 3)} className="car-person" />
      ) : null}
      {present.moving && present.direction !== 'none' && present.direction ? (
        <text x={left - 8} y={height / 2 + 5} className="car-arrow">
          {present.direction === 'up' ? '▲' : '▼'}
        </text>
      ) : null}
    </>
  );
}
