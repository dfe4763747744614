import { EVIDENCE_ANSWERS, type EvidenceKind } from '../../../contract/insurance-vocabulary.ts';
import type { Draft } from './product-lines.ts';

export type Coverage = Draft['coverages'][number];
export type Promised = Draft['promises'][number];
export type Split = Draft['tariff']['splits'][string];
export type SplitRule = Split['rule'];
export type FactorTable = Draft['tariff']['factors'][number];

/** A code nobody has typed yet: the next free number after the prefix. */
export function nextId(prefix: string, taken: readonly { id: string }[]): string {
  const ids = taken.map((one) => one.id);
  return (
    Array.from({ length: ids.length + 1 }, (_, i) => `${prefix}_${i + 1}`).find((id) => !ids.includes(id)) ?? prefix
  );
}

export const emptyCoverage = (id: string): Coverage => ({
  id,
  name: '',
  kind: 'third_party',
  limits: {
    perPerson: null,
    medicalPerPerson: null,
    propertyPerAccident: null,
    perAccident: null,
    aggregate: null,
    deductible: 0,
    deductibleBeforeLimit: true,
  },
  waitingDays: 0,
  funding: ['self'],
});

export const emptyPromise = (id: string): Promised => ({
  id,
  name: '',
  starts: 'papers_complete',
  stops: 'paid',
  length: { count: 10, unit: 'days' },
  upTo: null,
});

/** A table with a row for every answer there is, none of which changes the premium yet. */
export const factorOf = (evidence: EvidenceKind, name: string): FactorTable => ({
  id: evidence,
  name,
  evidence,
  rows: EVIDENCE_ANSWERS[evidence].map((key) => ({ key, factor: '1.0' })),
});

export function splitOf(rule: SplitRule): Split {
  const weights = [{ payer: 'owner', weight: 1 }];
  switch (rule) {
    case 'SINGLE':
      return { rule, payer: 'owner' };
    case 'PRO_RATA':
      return { rule, weights };
    case 'BASE_PLUS_OWNER_DELTA':
      return { rule, weights, owner: 'owner' };
    case 'FIXED':
      return { rule, parts: [], rest: 'owner' };
  }
}

/** A product before anything was typed. */
export const emptyDraft = (from: string): Draft => ({
  code: '',
  name: '',
  filingNo: '',
  from,
  to: null,
  coverages: [emptyCoverage('coverage_1')],
  promises: [],
  service: [],
  quoteDays: 30,
  renewalDays: 60,
  referral: null,
  instalments: null,
  cancelFeePercent: 0,
  shortRate: null,
  tariff: {
    filingNo: '',
    bases: {},
    factors: [],
    ceilings: {},
    splits: { residential: splitOf('SINGLE'), public: splitOf('SINGLE'), villa: splitOf('SINGLE') },
    discountSplit: 'OWNER_DELTA',
  },
});
