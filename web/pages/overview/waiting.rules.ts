import { paths } from '../../paths.ts';

/** The page where work of a kind is done. */
const PAGES: Readonly<Record<string, () => string>> = {
  'registry.waiting.changes': () => paths.changes(),
  'identity.waiting.households': () => paths.households(),
  'registry.waiting.cases': () => paths.cases(),
  'telemetry.waiting.findings': () => paths.health(),
  'insurance.waiting.money': () => paths.policies({ state: 'awaiting_cash' }),
  'insurance.waiting.referrals': () => paths.quotes({ state: 'referred' }),
  'insurance.waiting.endorsements': () => paths.policies(),
  'insurance.waiting.claims': () => paths.claims(),
  'insurance.waiting.payments': () => paths.claimPayments(),
  'prevention.waiting.findings': () => paths.findings(),
  'prevention.waiting.mended': () => paths.findings({ state: 'mended' }),
  'rescue.waiting.volunteers': () => paths.stations('volunteers'),
  'rescue.waiting.files': () => paths.incidents({ state: 'waiting' }),
};

export const pageOf = (code: string): string => PAGES[code]?.() ?? paths.overview();
