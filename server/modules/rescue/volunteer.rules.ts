import { accept, type Result, refuse } from '../../kernel/result.ts';
import { addDays, type Day, startOf } from '../../kernel/time.ts';

/** Where a volunteer force (社会力量) stands: applied, approved, or over in one of four ways. */
export type ForceState = 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'ended' | 'expired';

export type VolunteerRefusal =
  | { code: 'rescue.no_volunteers' }
  | { code: 'rescue.volunteers_changed' }
  | { code: 'rescue.volunteers_decided' }
  | { code: 'rescue.volunteers_stand_no_more' }
  | { code: 'rescue.volunteers_until_past'; field: string; value: string }
  | { code: 'rescue.volunteers_until_far'; field: string; value: string; days: number }
  | { code: 'rescue.volunteer_district'; field: string }
  | { code: 'rescue.volunteer_near_code'; field: string; value: string }
  | { code: 'rescue.volunteer_members'; field: string }
  | { code: 'rescue.volunteer_member_twice'; field: string; value: string }
  | { code: 'rescue.volunteer_certificate_over'; field: string; value: string }
  | { code: 'rescue.volunteer_known_phone'; field: string }
  | { code: 'rescue.volunteer_code_unknown'; field: string }
  | { code: 'rescue.volunteer_papers'; field: string; most: number }
  | { code: 'rescue.volunteer_paper_kind'; field: string; limit: string };

type Force = { state: ForceState; version: number; validUntil: string | null };

export type ForceAct =
  | { do: 'approve' | 'prolong'; version: number; validUntil: string }
  | { do: 'refuse' | 'end'; version: number; reason: string }
  | { do: 'withdraw' } // the applicant himself, at any time
  | { do: 'expire' }; // the night after its last day

export type ForceChange = { state: ForceState; validUntil: string | null; reason: string };

type At = { today: Day; validDays: number };

/** What becomes of a force by an act. A decision is refused on one that somebody else has decided meanwhile. */
export function decideForce(force: Force, act: ForceAct, at: At): Result<ForceChange, VolunteerRefusal> {
  if ('version' in act && act.version !== force.version) return refuse({ code: 'rescue.volunteers_changed' });
  const to = (state: ForceState, reason = '') => accept({ state, validUntil: force.validUntil, reason });
  switch (act.do) {
    case 'approve':
      return force.state === 'waiting' ? until(act.validUntil, at) : refuse({ code: 'rescue.volunteers_decided' });
    case 'refuse':
      return force.state === 'waiting' ? to('refused', act.reason) : refuse({ code: 'rescue.volunteers_decided' });
    case 'prolong':
      return force.state === 'approved'
        ? until(act.validUntil, at)
        : refuse({ code: 'rescue.volunteers_stand_no_more' });
    case 'end':
      return force.state === 'approved' ? to('ended', act.reason) : refuse({ code: 'rescue.volunteers_stand_no_more' });
    case 'withdraw':
      return force.state === 'approved' || force.state === 'waiting'
        ? to('withdrawn')
        : refuse({ code: 'rescue.volunteers_stand_no_more' });
    case 'expire':
      return force.state === 'approved' && force.validUntil !== null && force.validUntil < at.today
        ? to('expired')
        : refuse({ code: 'rescue.volunteers_stand_no_more' });
  }
}

/** An approval holds from today to its last day, and no longer than the city allows. */
function until(day: string, { today, validDays }: At): Result<ForceChange, VolunteerRefusal> {
  const said = { field: 'validUntil', value: day };
  if (day < today) return refuse({ code: 'rescue.volunteers_until_past', ...said });
  if (day > addDays(today, validDays)) return refuse({ code: 'rescue.volunteers_until_far', ...said, days: validDays });
  return accept({ state: 'approved', validUntil: day, reason: '' });
}

/** What a screen may offer for a force in this state. */
export const forceCan = (state: ForceState): { decide: boolean; end: boolean; prolong: boolean } => ({
  decide: state === 'waiting',
  end: state === 'approved',
  prolong: state === 'approved',
});

type Applied = {
  applicant: 'person' | 'organisation';
  phone: string;
  members: readonly { phone: string }[];
  certificateUntil: string | null;
};

/** What is wrong with an application beyond its shape. */
export function judgeApplication(given: Applied, today: Day): VolunteerRefusal | null {
  if (given.applicant === 'organisation' && given.members.length === 0)
    return { code: 'rescue.volunteer_members', field: 'members' };
  const phones = given.members.map((m) => m.phone);
  const twice = phones.find((phone, i) => phones.indexOf(phone) !== i);
  if (twice !== undefined) return { code: 'rescue.volunteer_member_twice', field: 'members', value: twice };
  const { certificateUntil: value } = given;
  if (value !== null && value < today)
    return { code: 'rescue.volunteer_certificate_over', field: 'certificateUntil', value };
  return null;
}

/** When a force says it can be called: days of the week (1: Monday) and a span of the day, over midnight where it ends earlier. */
export type Hours = { weekdays: readonly number[]; fromTime: string; toTime: string };

/** The spans of duty that begin on the days from `from` to `to`, both included. */
export function shiftsOf(hours: Hours, { from, to }: { from: Day; to: Day }): { fromAt: Date; toAt: Date }[] {
  const shifts: { fromAt: Date; toAt: Date }[] = [];
  const overnight = hours.toTime <= hours.fromTime;
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (!hours.weekdays.includes(weekdayOf(day))) continue;
    shifts.push({
      fromAt: cityInstant(day, hours.fromTime),
      toAt: cityInstant(overnight ? addDays(day, 1) : day, hours.toTime),
    });
  }
  return shifts;
}

/** 1: Monday … 7: Sunday. */
const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

function cityInstant(day: Day, time: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(startOf(day).getTime() + (hours * 60 + minutes) * 60_000);
}

/** People as they are typed, one a line: 张三 13800000000. A line that is no such pair comes back as a fault with its number. */
export function membersOf(typed: string): { members: { name: string; phone: string }[]; badLine: number | null } {
  const lines = typed.normalize('NFKC').split('\n');
  const members: { name: string; phone: string }[] = [];
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const found = /^\s*(\S.*?)[\s,、;:]*(\+?[\d][\d\s-]{9,17})\s*$/u.exec(line);
    if (!found) return { members, badLine: i + 1 };
    members.push({ name: (found[1] ?? '').trim(), phone: (found[2] ?? '').trim() });
  }
  return { members, badLine: null };
}
