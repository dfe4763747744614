import { z } from 'zod';
import { fact, measure, type Plain } from '../../kernel/packs.ts';

const seconds = measure('s', z.int().min(1).max(604_800));
const count = measure('times', z.int().min(1).max(1_000));
const days = measure('d', z.int().min(1).max(36_500));

/** One level of a rescue: who is asked, how many at once, and how long an answer may take. */
const level = z.strictObject({
  who: fact(z.enum(['contracted', 'nearest', 'emergency_services'])),
  answerSeconds: seconds, // offered → accepted
  atOnce: measure('rescuers', z.int().min(1).max(10)), // more than one: offered in parallel, the first to accept has it
});

/** `packs/<city>/rescue.json`: how the city's 96333 works, every number with its source. */
export const rescuePack = z.strictObject({
  hotline: fact(z.string().regex(/^\d{5,6}$/)),
  dispatch: z.strictObject({
    mode: fact(z.enum(['automatic', 'agent'])), // who offers first: the system, or the agent
    agentSeconds: seconds, // uncertain evidence waits this long for the agent, then it is offered anyway
    offerAtOnceConfidence: measure('share', z.number().min(0).max(1)), // at or above: offered without waiting
  }),
  levels: z.tuple([level, level, level]),
  clocks: z.strictObject({
    handOffSeconds: seconds, // aware → level 3 at the latest, when nobody has accepted
    handOffReminderSeconds: seconds, // until the desk has reached 119 or 110
    responseSeconds: seconds, // the published response rate counts acceptances within this
    arrivalUrbanSeconds: seconds,
    arrivalElsewhereSeconds: seconds,
    arrivalRateSeconds: seconds, // the published arrival rate counts arrivals within this
    onSiteSeconds: seconds, // on site without a release: the next level is opened
    closeSeconds: seconds, // released and not yet closed: the desk is reminded
  }),
  ruralDistricts: fact(z.array(z.string().regex(/^\d{6}$/))), // where the longer arrival limit holds
  travel: z.strictObject({
    straightLineFactor: measure('ratio', z.number().min(1).max(5)), // road length over straight line, where no roads are loaded
    speedKmPerH: measure('km/h', z.number().min(1).max(120)),
    staleSeconds: seconds, // a position older than this counts as uncertain
    forgottenSeconds: seconds, // a position older than this is not used: the station's stands in
    jobSeconds: seconds, // what one more job in a rescuer's plan costs
    offDutySeconds: seconds, // what calling somebody who is not on the roster costs
    geofenceMetres: measure('m', z.number().min(10).max(5_000)), // an arrival farther away is recorded with a remark
  }),
  evidence: z.strictObject({
    phoneShare: measure('share', z.number().gt(0).lt(1)), // how sure each kind of report makes us, standing alone
    qrShare: measure('share', z.number().gt(0).lt(1)),
    buttonShare: measure('share', z.number().gt(0).lt(1)),
    partnerShare: measure('share', z.number().gt(0).lt(1)), // 110, 119, 12345 or another 96333
  }),
  grouping: z.strictObject({
    windowSeconds: seconds,
    leastElevators: measure('elevators', z.int().min(2).max(100)),
    massFrom: measure('elevators', z.int().min(2).max(1_000)),
  }),
  retention: z.strictObject({ callerDays: days, recordingDays: days }),
  repeats: z.strictObject({ incidents: count, withinDays: days }), // elevators listed in the bulletin
  coverage: z.strictObject({ withinSeconds: seconds }), // farther from every rescuer on duty: a gap
  volunteers: z.strictObject({
    validDays: days, // an approval holds this long at the most
    warnDays: days, // the applicant is told this long before it ends
    forgetDays: days, // names and phones go this long after it was over
  }),
  drills: z.strictObject({ everyMonths: measure('months', z.int().min(1).max(60)) }),
});

export type RescuePack = z.infer<typeof rescuePack>;

/** The city's rescue settings without their sources: what rules receive. */
export type RescueSettings = Plain<RescuePack>;
