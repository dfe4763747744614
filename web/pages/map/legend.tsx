import { useSay } from '../../say.ts';
import { useColourScheme } from '../../ui/colour-scheme.ts';
import { MAP_STATES, PALETTES } from './map-style.ts';

/** What the colours mean, the most urgent first. */
export function Legend() {
  const say = useSay();
  const { states } = PALETTES[useColourScheme()];
  return (
    <ul className="map-legend" aria-label={say('web.map.legend')}>
      {MAP_STATES.toReversed().map((state) => (
        <li key={state} className="row">
          <span aria-hidden="true" className="map-dot" style={{ background: states[state] }} />
          {say(`web.map.state.${state}`)}
        </li>
      ))}
    </ul>
  );
}
