import { say } from '../kernel/language.ts';
import type { Order } from '../modules/rescue/command.rules.ts';
import type { Reporting } from '../modules/rescue/desk.service.ts';
import type { CrewAct, DeskAct } from './crew.rules.ts';

/** What a simulated rescuer's phone sends; the refusal in words, as the phone writes it. */
export const saidByCrew = (act: CrewAct): CrewAct =>
  act.do === 'refuse' ? { ...act, reason: say(act.reason, 'zh') } : act;

type Plain = Extract<Order, { do: 'dismiss' | 'hand_off' | 'look' | 'close' }>;

/** What the agent of the demo gives to the desk: orders where he decides, reports where he only writes down. */
export function saidByDesk(act: DeskAct, key: string): { order: Plain } | { report: Reporting } {
  switch (act.do) {
    case 'dismiss':
      return { order: { do: 'dismiss', reason: say('demo.desk.nobody_inside', 'zh') } };
    case 'hand_off':
      return { order: { do: 'hand_off', service: '119', takenBy: say('demo.desk.taken_by', 'zh') } };
    case 'look':
      return { order: { do: 'look' } };
    case 'close':
      return { order: { do: 'close' } };
    case 'arrive':
      return { report: { do: 'arrive', key, crewId: '119' } };
    case 'release':
      return { report: { do: 'release', key, people: act.people } };
    case 'confirm':
      return { report: { do: 'confirm', key, outcome: 'all_out', satisfaction: 5, said: '' } };
  }
}
