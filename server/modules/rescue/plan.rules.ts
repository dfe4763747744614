import type { Plan } from './timer.rules.ts';

/** The parts of a city's settings that make the plan of a rescue. */
export type PlanSettings = {
  dispatch: { mode: 'automatic' | 'agent'; agentSeconds: number; offerAtOnceConfidence: number };
  levels: readonly [LevelSetting, LevelSetting, LevelSetting];
  clocks: {
    handOffSeconds: number;
    handOffReminderSeconds: number;
    arrivalUrbanSeconds: number;
    arrivalElsewhereSeconds: number;
    onSiteSeconds: number;
    closeSeconds: number;
  };
  ruralDistricts: readonly string[];
};
type LevelSetting = { answerSeconds: number };

/**
 * The plan where so many are trapped at one place that nobody can look at each sign by himself: the sign that would wait for
 * the agent, a pressed button, is enough to send somebody. Sensors that deny it still speak below that.
 */
export function planInEvent(
  plan: Plan,
  { others, massFrom, enough }: { others: number; massFrom: number; enough: number },
): Plan {
  if (others + 1 < massFrom) return plan;
  return { ...plan, offerAtOnceConfidence: Math.min(plan.offerAtOnceConfidence, enough) };
}

/** How long things may take for an elevator in this district. TSG T5002-2017 article 5: 30 min in a city, 1 h elsewhere. */
export function planFor({ dispatch, levels, clocks, ruralDistricts }: PlanSettings, districtCode: string | null): Plan {
  const rural = districtCode !== null && ruralDistricts.includes(districtCode);
  const [first, second, third] = levels;
  return {
    mode: dispatch.mode,
    agentSeconds: dispatch.agentSeconds,
    offerAtOnceConfidence: dispatch.offerAtOnceConfidence,
    answerSeconds: { 0: first.answerSeconds, 1: first.answerSeconds, 2: second.answerSeconds, 3: third.answerSeconds },
    handOffSeconds: clocks.handOffSeconds,
    handOffReminderSeconds: clocks.handOffReminderSeconds,
    arrivalSeconds: rural ? clocks.arrivalElsewhereSeconds : clocks.arrivalUrbanSeconds,
    onSiteSeconds: clocks.onSiteSeconds,
    closeSeconds: clocks.closeSeconds,
  };
}
