import { useSay } from '../../say.ts';
import type { Candidate } from './rescue-types.ts';

type Point = { lng: number; lat: number };
const SIZE = 240;
const RINGS = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000];

/** Where the rescuers stand around the car: north up, in rings. Needs no map tiles, so it is there before anything else. */
export function Bearing({ to, candidates }: { to: Point | null; candidates: readonly Candidate[] }) {
  const say = useSay();
  if (!to) return <p className="muted">{say('rescue.desk.no_place')}</p>;
  const placed = candidates.slice(0, 5).map((c) => ({ c, at: offsetOf(to, c) }));
  const farthest = Math.max(...placed.map(({ at }) => (at ? Math.hypot(at.x, at.y) : 0)), 500);
  const ring = RINGS.find((r) => r * 3 >= farthest) ?? 50_000;
  const scale = SIZE / 2 / (ring * 3.3);
  const middle = SIZE / 2;
  return (
    <figure className="desk-bearing">
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={say('rescue.desk.bearing')}>
        {[1, 2, 3].map((n) => (
          <circle key={n} cx={middle} cy={middle} r={ring * n * scale} className="ring" />
        ))}
        {placed.map(({ c, at }, i) =>
          at ? (
            <g key={c.personId} transform={`translate(${middle + at.x * scale} ${middle - at.y * scale})`}>
              <line x1={-at.x * scale} y1={at.y * scale} x2={0} y2={0} className="way" />
              <circle r={9} className="crew" />
              <text className="crew-number">{i + 1}</text>
            </g>
          ) : null,
        )}
        <text x={middle} y={middle} className="car">
          ★
        </text>
      </svg>
      <figcaption className="muted small">{say('rescue.desk.bearing_note', { metres: ring })}</figcaption>
    </figure>
  );
}

/** Metres east and north of the car. Null: nobody knows where he is. */
function offsetOf(
  to: Point,
  { lng, lat }: { lng: number | null; lat: number | null },
): { x: number; y: number } | null {
  if (lng === null || lat === null) return null;
  const metresPerDegree = 111_320;
  return {
    x: (lng - to.lng) * metresPerDegree * Math.cos((to.lat * Math.PI) / 180),
    y: (lat - to.lat) * metresPerDegree,
  };
}
