import {
  DESK,
  FIELD,
  HOUSEHOLD_OFFICES,
  INSURERS,
  OFFICIALS,
  REGULATORS,
  USE_UNIT,
} from '../../contract/identity-vocabulary.ts';
import { paths } from '../paths.ts';

/** Who has a page: the roles that may open it; 'all' is everyone signed in. */
type For = 'all' | readonly string[];
export type MenuEntry = { path: string; word: string; for: For; counts?: 'trapped' };
export type MenuGroup = { word: string; entries: readonly MenuEntry[] };

const OTHERS = [
  'inspector',
  'housing_fund_office',
  ...INSURERS,
  'broker',
  'maker',
  'installer',
  'seller',
  'construction_unit',
  'association',
  'owner',
];
const BUSINESS = [...OFFICIALS, ...DESK, ...FIELD, ...USE_UNIT, ...OTHERS];
/** Who follows what insurers do and find on site. */
const FOLLOWS = [...OFFICIALS, ...INSURERS, 'broker', ...USE_UNIT, 'maintenance_manager', 'technician', 'owner'];

/** Who takes out cover, and who reads the policies of his scope. Officials read and place no business. */
const TAKERS = ['use_unit_head', 'safety_director', 'maintenance_manager', 'maker', 'installer'];
const POLICY_READERS = [...TAKERS, ...INSURERS, 'broker', 'city_regulator', 'district_regulator'];

/** The left menu. A person sees the entries of his role; the server decides again at every request. */
export const MENU: readonly MenuGroup[] = [
  {
    word: 'web.menu.overview',
    entries: [
      { path: paths.overview(), word: 'web.menu.overview', for: BUSINESS },
      { path: paths.map(), word: 'web.menu.map', for: BUSINESS },
    ],
  },
  {
    word: 'web.menu.rescue',
    entries: [
      {
        path: paths.desk(),
        word: 'web.menu.desk',
        for: DESK, // others follow an incident on its own page: the desk is where one acts
        counts: 'trapped',
      },
      { path: paths.incidents(), word: 'web.menu.incidents', for: BUSINESS },
      { path: paths.calls(), word: 'web.menu.calls', for: DESK },
      { path: paths.jobs(), word: 'web.menu.jobs', for: FIELD },
      {
        path: paths.stations(),
        word: 'web.menu.stations',
        for: [...OFFICIALS, ...DESK, 'rescue_station', 'maintenance_manager'],
      },
      {
        path: paths.statistics(),
        word: 'web.menu.statistics',
        for: [
          ...OFFICIALS,
          ...DESK,
          'rescue_station',
          'maintenance_manager',
          'use_unit_head',
          'safety_director',
          'inspector',
        ],
      },
    ],
  },
  {
    word: 'web.menu.registry',
    entries: [
      { path: paths.elevators(), word: 'web.menu.elevators', for: BUSINESS },
      { path: paths.changes(), word: 'web.menu.changes', for: [...OFFICIALS, ...USE_UNIT, 'maintenance_manager'] },
      { path: paths.cases(), word: 'web.menu.cases', for: OFFICIALS },
      { path: paths.households(), word: 'web.menu.households', for: ['owner', ...HOUSEHOLD_OFFICES] },
      { path: paths.industries(), word: 'web.menu.industries', for: OFFICIALS },
      {
        path: paths.gaps(),
        word: 'web.menu.gaps',
        for: [...OFFICIALS, ...USE_UNIT, 'maintenance_manager', 'technician', 'maker', 'inspector'],
      },
      {
        path: paths.imports(),
        word: 'web.menu.import',
        for: ['city_regulator', 'district_regulator'],
      },
    ],
  },
  {
    word: 'web.menu.telemetry',
    entries: [
      {
        path: paths.health(),
        word: 'web.menu.health',
        for: [...OFFICIALS, ...DESK, ...USE_UNIT, 'maintenance_manager', 'maker'],
      },
      {
        path: paths.machineRooms(),
        word: 'web.menu.machine_rooms',
        for: [...OFFICIALS, ...USE_UNIT, 'maintenance_manager', 'technician', 'inspector'],
      },
      {
        path: paths.quarantine(),
        word: 'web.menu.quarantine',
        for: ['city_regulator', 'district_regulator', 'maintenance_manager'],
      },
    ],
  },
  {
    word: 'web.menu.insurance',
    entries: [
      { path: paths.policies(), word: 'web.menu.policies', for: POLICY_READERS },
      { path: paths.insure(), word: 'web.menu.insure', for: [...TAKERS, 'broker'] },
      { path: paths.quotes(), word: 'web.menu.quotes', for: [...TAKERS, 'underwriter', 'broker'] },
      { path: paths.renewals(), word: 'web.menu.renewals', for: [...TAKERS, 'underwriter', 'broker'] },
      { path: paths.mandates(), word: 'web.menu.mandates', for: [...TAKERS, 'underwriter', 'broker'] },
      {
        path: paths.evidence(),
        word: 'web.menu.evidence',
        for: [...REGULATORS, 'inspector', 'underwriter', 'approver', 'use_unit_head', 'safety_director'],
      },
      { path: paths.elsewhere(), word: 'web.menu.elsewhere', for: [...TAKERS, 'underwriter', 'broker', ...REGULATORS] },
      {
        path: paths.admissions(),
        word: 'web.menu.admissions',
        for: ['city_regulator', 'district_regulator', ...INSURERS, 'broker'],
      },
      { path: paths.numbers(), word: 'web.menu.numbers', for: ['underwriter'] },
      {
        path: paths.premiumAccount(),
        word: 'web.menu.premium_account',
        for: ['cashier', 'approver', 'underwriter'],
      },
      { path: paths.products(), word: 'web.menu.products', for: POLICY_READERS },
      { path: paths.coverage(), word: 'web.menu.coverage', for: OFFICIALS },
      { path: paths.annex(), word: 'web.menu.annex', for: OFFICIALS },
      {
        path: paths.claims(),
        word: 'web.menu.claims',
        for: [...OFFICIALS, ...USE_UNIT, ...INSURERS, 'broker', 'maintenance_manager'],
      },
      { path: paths.claimPayments(), word: 'web.menu.claim_payments', for: ['cashier', 'approver', 'handler'] },
      { path: paths.claimRules(), word: 'web.menu.claim_rules', for: INSURERS },
      { path: paths.claimReviews(), word: 'web.menu.claim_reviews', for: ['approver'] },
      { path: paths.bank(), word: 'web.menu.bank', for: ['cashier'] },
      {
        path: paths.insuranceDatabase(),
        word: 'web.menu.database',
        for: ['broker', 'city_regulator', 'district_regulator'],
      },
      { path: paths.subsidies(), word: 'web.menu.subsidies', for: ['city_regulator', 'cashier', 'approver'] },
      { path: paths.holdings(), word: 'web.menu.holdings', for: ['cashier', 'approver'] },
      {
        path: paths.commissions(),
        word: 'web.menu.commissions',
        for: ['cashier', 'approver', 'underwriter', 'broker'],
      },
      {
        path: paths.actuarial(),
        word: 'web.menu.actuarial',
        for: ['underwriter', 'approver', 'broker', 'city_regulator'],
      },
      { path: paths.bordereaux(), word: 'web.menu.bordereaux', for: [...INSURERS, 'broker'] },
      {
        path: paths.books(),
        word: 'web.menu.books',
        for: [...INSURERS, 'broker', 'city_regulator', 'district_regulator'],
      },
    ],
  },
  {
    word: 'web.menu.prevention',
    entries: [
      {
        path: paths.services(),
        word: 'web.menu.services',
        for: [...OFFICIALS, ...INSURERS, 'broker', 'use_unit_head', 'safety_director'],
      },
      { path: paths.survey(), word: 'web.menu.survey', for: ['surveyor', 'handler'] },
      { path: paths.visits(), word: 'web.menu.visits', for: FOLLOWS },
      { path: paths.findings(), word: 'web.menu.findings', for: FOLLOWS },
      {
        path: paths.pensions(),
        word: 'web.menu.pensions',
        for: [...REGULATORS, ...INSURERS, 'broker', 'use_unit_head', 'safety_director', 'maintenance_manager'],
      },
      { path: paths.letters(), word: 'web.menu.letters', for: [...FOLLOWS, 'association'] },
      { path: paths.evaluations(), word: 'web.menu.evaluations', for: BUSINESS },
      { path: paths.scorecards(), word: 'web.menu.scorecards', for: [...OFFICIALS, ...INSURERS, 'broker'] },
      { path: paths.fairMarket(), word: 'web.menu.fair_market', for: BUSINESS },
      { path: paths.programmes(), word: 'web.menu.programmes', for: OFFICIALS },
      { path: paths.ties(), word: 'web.menu.ties', for: REGULATORS },
      { path: paths.sellers(), word: 'web.menu.sellers', for: [...REGULATORS, 'underwriter'] },
    ],
  },
  {
    word: 'web.menu.administration',
    entries: [
      { path: paths.organisations(), word: 'web.menu.organisations', for: 'all' },
      {
        path: paths.people(),
        word: 'web.menu.people',
        for: ['administrator', 'city_regulator', 'maintenance_manager', 'use_unit_head', 'rescue_station'],
      },
      { path: paths.accounts(), word: 'web.menu.accounts', for: ['administrator'] },
      { path: paths.machines(), word: 'web.menu.machines', for: ['administrator'] },
      {
        path: paths.webhooks(),
        word: 'web.menu.webhooks',
        for: [
          'city_regulator',
          'district_regulator',
          'department',
          'shift_leader',
          'rescue_station',
          'maintenance_manager',
          'use_unit_head',
          'approver',
          'broker',
          'maker',
          'association',
        ],
      },
      { path: paths.audit(), word: 'web.menu.audit', for: ['administrator', 'auditor'] },
      { path: paths.packs(), word: 'web.menu.packs', for: ['administrator', 'auditor', ...OFFICIALS, ...DESK] },
    ],
  },
];

/** May this role open this entry? */
export const opens = (entry: MenuEntry, role: string): boolean => entry.for === 'all' || entry.for.includes(role);

/** The menu of one role: groups without entries are left out. */
export const menuOf = (role: string): readonly MenuGroup[] =>
  MENU.map((group) => ({ ...group, entries: group.entries.filter((entry) => opens(entry, role)) })).filter(
    ({ entries }) => entries.length > 0,
  );

/** The page a person starts on: the desk for agents, the job list for those who go out, the overview for most. */
export function homeOf(role: string): string {
  if (DESK.includes(role)) return paths.desk();
  if (role === 'rescuer' || role === 'technician') return paths.jobs();
  if (role === 'rescue_station') return paths.stations();
  return menuOf(role)[0]?.entries[0]?.path ?? paths.packs();
}

/** Does a page belong to a group of the menu: one of its entries, or a page below one? */
export const isBelow = (group: string, pathname: string): boolean =>
  MENU.some(({ word, entries }) => word === group && entries.some(({ path }) => `${pathname}/`.startsWith(`${path}/`)));

/** May this role be on a page at all? Pages below a menu entry follow it; pages without an entry are for everyone. */
export function isOpenTo(pathname: string, role: string): boolean {
  const entries = MENU.flatMap((group) => group.entries);
  const above = entries
    .filter(({ path }) => pathname === path || pathname.startsWith(path === '/' ? '/overview/' : `${path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
  return !above || opens(above, role);
}
