import type { Tone } from '../../ui/mark.tsx';

/** How a policy, a quote or an endorsement stands, as a mark. */
export function toneOf(state: string): Tone {
  if (['issued', 'released', 'bound'].includes(state)) return 'good';
  if (['awaiting_cash', 'referred', 'asked'].includes(state)) return 'warn';
  return state === 'offered' ? 'accent' : 'unknown';
}

/** Who may take out cover: use units and the maintenance units they mandated; before hand-over maker and installer. */
export const TAKERS: readonly string[] = [
  'use_unit_head',
  'safety_director',
  'maintenance_manager',
  'maker',
  'installer',
];
