/** What a `:parameter` of a route stands for: a row of a scoped table, or plain values, in the order of the address. */
export type Sample = { table: string } | { values: readonly string[] };

const NO_ID = '00000000-0000-7000-8000-000000000000';

/** By the beginning of a route, below /api/v1. A route with parameters that is not here fails the scope test. */
export const samples: readonly (readonly [prefix: string, sample: Sample])[] = [
  ['/orgs/:id', { table: 'identity.org' }],
  ['/people/:id', { table: 'identity.person' }],
  ['/households/:id', { table: 'identity.household' }],
  ['/accounts/:id', { values: [NO_ID] }], // the administrator's, whoever's they are
  ['/clients/:id', { values: [NO_ID, NO_ID] }],
  ['/me/sessions/:id', { values: [NO_ID] }], // only one's own are looked at
  ['/files/:id', { table: 'kernel.attachment' }],
  ['/city-pack/:version', { values: ['rescue@000000000000'] }], // public figures
  ['/elevators/:id/documents/:documentId', { values: [NO_ID, NO_ID] }], // looked up among the papers of a file one sees
  ['/elevators/:id', { table: 'registry.elevator' }],
  ['/map/tiles/:z/:x/:y.mvt', { values: ['8', '213', '104'] }], // the tile that holds the city
  ['/map/base/:z/:x/:y', { values: ['8', '213', '104'] }], // streets, the same for everybody
  ['/registry/industries/:industry/offices', { values: ['education'] }], // the city's to name
  ['/registry/changes/:id', { table: 'registry.change_request' }],
  ['/registry/cases/:id', { table: 'registry.responsibility_case' }],
  ['/imports/:id', { table: 'registry.import_run' }],
  ['/insurance/quotes/:id', { table: 'insurance.quote' }],
  ['/insurance/policies/:id', { table: 'insurance.policy' }],
  ['/insurance/bank-lines/:id', { table: 'insurance.bank_line' }],
  ['/insurance/annex/reports/:id', { table: 'insurance.annex_report' }],
  ['/insurance/bordereaux/:id', { table: 'insurance.pool_month' }],
  ['/insurance/schemes/:id/broker', { values: [NO_ID] }], // schemes are public
  ['/insurance/commissions/statements/:id', { table: 'insurance.commission_statement' }],
  ['/insurance/subsidies/batches/:id', { table: 'insurance.subsidy_batch' }],
  ['/insurance/entries/:id', { table: 'insurance.entry' }],
  ['/insurance/claims/:id', { table: 'insurance.claim' }],
  ['/insurance/claim-payments/:id', { table: 'insurance.claim_payment' }],
  ['/insurance/claim-codes/:id', { values: [NO_ID] }], // of an incident: as many as its asker sees, none here
  ['/insurance/claimant/:token', { values: ['not-a-token-of-ours-at-all'] }], // opened by its own seal alone
  ['/findings/:id', { table: 'telemetry.finding' }],
  ['/telemetry/sources/:id/bindings/:elevatorId', { values: [NO_ID, NO_ID] }],
  ['/telemetry/sources/:id', { table: 'telemetry.source' }],
  ['/telemetry/quarantine/:id', { values: ['1'] }],
  ['/rescue/incidents/:id', { table: 'rescue.incident' }],
  ['/rescue/jobs/:id', { values: [NO_ID] }], // an offer: looked up among the rescuer's own
  ['/rescue/talks/:id', { values: [NO_ID] }], // the desk's, which sees the city
  ['/rescue/handovers/:id', { values: [NO_ID] }],
  ['/webhooks/:id', { table: 'identity.webhook' }],
  ['/rescue/stations/:id', { table: 'rescue.station' }],
  ['/rescue/rescuers/:id', { values: [NO_ID] }], // a person's id: `server/test/journeys/rescue-field.test.ts` asks with a foreign one
  ['/rescue/roster/:id', { table: 'rescue.duty' }],
  ['/rescue/calls/:id', { values: [NO_ID] }], // the desk's, which sees the city
  ['/insurance/quotes/:id', { table: 'insurance.quote' }],
  ['/insurance/policies/:id', { table: 'insurance.policy' }],
  ['/market/salespeople/:id', { table: 'market.salesperson' }],
  ['/market/ties/:id', { table: 'market.tie' }],
  ['/market/complaints/:id', { table: 'market.complaint' }],
  ['/market/programme-items/:id', { table: 'market.programme_item' }],
  ['/market/programme-phases/:id', { table: 'market.programme_phase' }],
  ['/insurance/pensions/:id', { table: 'insurance.pension' }],
  ['/insurance/pension-costs/:id', { table: 'insurance.pension_cost' }],
  ['/prevention/performance-checks/:id', { table: 'prevention.performance_check' }],
  ['/prevention/letters/:id', { table: 'prevention.letter' }],
  ['/prevention/evaluations/:id', { table: 'prevention.evaluation' }],
  ['/prevention/findings/:id', { table: 'prevention.finding' }],
  ['/prevention/policies/:id', { table: 'insurance.policy' }],
  ['/prevention/costs/:id', { table: 'prevention.service_cost' }],
  ['/insurance/elevators/:id', { table: 'registry.elevator' }],
  ['/insurance/documents/:id', { table: 'insurance.document' }],
  ['/insurance/schemes/:id', { values: [NO_ID] }], // public text
  ['/insurance/products/:id', { values: [NO_ID] }],
  ['/insurance/admissions/:id', { table: 'insurance.admission' }],
  ['/insurance/evidence/:id', { table: 'insurance.evidence' }],
  ['/insurance/premium-accounts/:id', { table: 'insurance.premium_account' }],
  ['/insurance/pay-notices/:id', { table: 'insurance.pay_notice' }],
  ['/insurance/mandates/:id', { table: 'insurance.mandate' }],
  ['/insurance/comparisons/:id', { table: 'insurance.comparison' }],
  ['/insurance/endorsements/:id', { table: 'insurance.endorsement' }],
  ['/rescue/volunteers/:id', { table: 'rescue.volunteer_force' }],
  ['/rescue/drills/:id', { table: 'rescue.drill' }],
];

/** Routes whose answer does not end by itself: an id of one's own is not asked for here. */
export const isStream = (url: string): boolean => /\/(stream|live)$/.test(url);

/** What a list must be asked with, where it must be asked with something. */
export const queries: Readonly<Record<string, string>> = {
  '/imports/template': '?kind=orgs',
  '/insurance/annex': '?areaCode=320205&year=2026',
  '/insurance/claim-reviews': '?from=2026-01-01&to=2026-12-31&seed=s&percent=100',
  '/insurance/units': '?q=%E4%BF%9D%E9%99%A9',
  '/insurance/bordereaux/draft': '?month=2026-10',
  '/search': '?q=%E7%A4%BA%E4%BE%8B',
  '/elevators/by-code': '?type=rescue_code&value=000001',
  '/registry/nameplates.pdf': '?q=000001',
  '/registry/use-signs.pdf': '?q=000001',
  '/rescue/statistics': '?from=2026-11-01&to=2026-11-30',
  '/rescue/statistics/export': '?from=2026-11-01&to=2026-11-30&format=csv',
  '/rescue/roster': '?from=2026-11-20&to=2026-11-27',
  '/rescue/rescuers/choice': `?org=${NO_ID}`,
  '/prevention/scorecards': '?from=2026-11-01&to=2026-11-20',
  '/prevention/performance-checks/:id/report': '?format=xlsx',
  '/prevention/elevators/by-code': '?code=000000',
  '/elevators/:id/replay': '?at=2026-11-20T00:00:00Z',
};

const BANK_WORD = { at: '2026-11-20T00:00:00Z', account: '****1234', bankRef: 'SCOPE-1', amount: 100, byHand: false };

/** Bodies that a changing route accepts, so that a foreign id is refused for being foreign and not for the body. */
export const bodies: Readonly<Record<string, object>> = {
  'PUT /orgs/:id': { name: '改名', kinds: ['use_unit'], version: 0 },
  'POST /orgs/:id/licences': { kind: 'maintenance', number: 'SCOPE-1' },
  'PATCH /people/:id': { name: '改名', version: 0 },
  'POST /people/:id/unmasking': { reason: '核对' },
  'POST /people/:id/certificates': { kind: 'elevator_work', number: 'SCOPE-1' },
  'PATCH /elevators/:id': { version: 0, reason: '核对', edit: {} },
  'POST /elevators/:id/life-cycle': { version: 0, step: 'stop', on: '2026-11-20', evidence: [] },
  'POST /elevators/:id/documents': { fileId: NO_ID, kind: 'other', title: '核对' },
  'POST /elevators/:id/documents/:documentId/withdrawal': { reason: '核对' },
  'POST /elevators/:id/maintenance-window': { minutes: 60, reason: '核对' },
  'POST /telemetry/sources/:id/bindings': { codes: ['SCOPE-1'] },
  'POST /elevators/:id/merge': { gone: NO_ID, reason: '重复' },
  'POST /registry/changes/:id/decision': { decision: 'approve' },
  'POST /registry/cases/:id/evidence': { note: '现场核实', fileHash: null },
  'POST /registry/cases/:id/decision': { version: 0, outcome: 'not_in_use', decision: '停用' },
  'POST /rescue/incidents/:id/orders': { do: 'take' },
  'POST /rescue/incidents/:id/reports': { do: 'confirm', key: 'scope-test-1', outcome: 'unreachable' },
  'POST /insurance/claims/:id/acts': { act: { do: 'close' } },
  'POST /insurance/claims/:id/parties': { kind: 'victim', name: '示例' },
  'POST /insurance/claims/:id/parties/:part/unmasking': { reason: '核对' },
  'POST /insurance/claims/:id/reviews': { outcome: 'sound', note: '核对' },
  'POST /insurance/claims/:id/surveys': { at: '2026-11-20T00:00:00Z', findings: '核对' },
  'POST /insurance/claims/:id/repair': { lines: [{ code: 'a', name: '示例', quantity: 1, unitPrice: 1 }] },
  'POST /insurance/claims/:id/mediations': { subject: '核对' },
  'POST /insurance/claims/:id/mediations/:part/outcome': { outcome: '核对' },
  'POST /insurance/claims/:id/payments': { item: 'a', partyId: NO_ID, amount: 1, kind: 'final' },
  'POST /insurance/claims/:id/recoveries': { kind: 'residual', debtor: '示例', amount: 1 },
  'POST /insurance/claims/:id/recoveries/:part/receipt': BANK_WORD,
  'POST /insurance/claims/:id/recoveries/:part/end': { reason: '核对' },
  'POST /insurance/claim-payments/:id/arrival': BANK_WORD,
  'POST /insurance/claim-payments/:id/return': { ...BANK_WORD, reason: '核对' },
  'POST /insurance/quotes/:id/policy': { number: 'SCOPE-1', leadOrgId: NO_ID },
  'PUT /insurance/quotes/:id/funding': {
    funding: [{ coverage: 'third_party', shares: [{ source: 'self', bp: 10_000 }] }],
  },
  'POST /insurance/policies/:id/instalment-notice': {},
  'POST /insurance/policies/:id/commission': { payeeOrgId: NO_ID },
  'POST /insurance/subsidies/batches/:id/steps': { do: 'verify' },
  'POST /insurance/subsidies/batches/:id/payment': { bankLineId: NO_ID },
  'POST /insurance/schemes/:id/broker': { brokerOrgId: NO_ID },
  'POST /insurance/bank-lines/:id/allocations': { allocations: [{ policyId: NO_ID, payer: 'owner', amount: 1 }] },
  'POST /insurance/bank-lines/:id/holdings': { holdings: [{ kind: 'held_subsidy', owner: '示例', amount: 1 }] },
  'POST /insurance/bank-lines/:id/settlements': {
    settlements: [{ account: 'premium_refundable', party: 'owner', policyId: null, claimId: null, amount: 1 }],
  },
  'POST /insurance/policies/:id/endorsements': { ask: { kind: 'reinstate' } },
  'POST /insurance/schemes/:id/admissions': { answers: [] },
  'POST /insurance/evidence/:id/withdrawal': { reason: '核对' },
  'POST /insurance/admissions/:id/decision': { admitted: true },
  'POST /insurance/admissions/:id/appeal': { appeal: '申诉' },
  'POST /insurance/mandates/:id/end': { on: '2027-01-31' },
  'POST /insurance/quotes/:id/referral': { decision: 'decline', note: '核对' },
  'POST /insurance/policies/:id/confirmation': { confirmed: false },
  'POST /insurance/endorsements/:id/decision': { decision: 'decline' },
  'PUT /webhooks/:id': {
    name: '改名',
    url: 'https://example.cn/hook',
    events: ['rescue.incident_opened'],
    active: true,
    version: 0,
  },
  'PUT /rescue/stations/:id': { name: '改名', kind: 'public', lng: null, lat: null, version: 0 },
  'POST /rescue/calls/:id/place': { elevatorId: NO_ID },
  'POST /rescue/calls/:id/settlement': { reason: '核对' },
  'POST /rescue/calls/:id/unmasking': { reason: '核对' },
  'POST /rescue/calls/:id/call-back': { said: '核对' },
  'POST /rescue/volunteers/:id/decision': { do: 'refuse', version: 0, reason: '材料不全' },
  'POST /rescue/volunteers/:id/unmasking': { reason: '核对' },
  'POST /rescue/drills/:id/call-off': { reason: '核对' },
  'POST /rescue/drills/:id/end': { summary: '演练结束' },
  'POST /market/salespeople/:id/end': { version: 0, leftOn: '2026-11-20' },
  'POST /market/salespeople/:id/unmasking': { reason: '核对' },
  'POST /market/ties/:id/decision': { version: 0, state: 'cleared', reason: '核对' },
  'POST /market/complaints/:id/answer': { version: 0, outcome: 'unfounded', answer: '核对' },
  'POST /market/programme-items/:id/done': { version: 0, on: '2026-11-20', note: '核对' },
  'POST /market/programme-phases/:id/close': { version: 0, evaluation: '核对', lessons: '核对' },
  'POST /insurance/pensions/:id/years': {
    from: '2026-01-01',
    to: '2026-12-31',
    parts: [{ part: 'liability', name: '核对', upkeep: false, premium: 1, funding: [{ source: 'self', amount: 1 }] }],
  },
  'POST /insurance/pensions/:id/end': { on: '2026-11-20', reason: 'withdrawn', note: '核对' },
  'POST /insurance/pension-costs/:id/reversal': { id: NO_ID, reason: '核对' },
  'POST /prevention/performance-checks/:id/reply': { version: 0, reply: '核对' },
  'POST /prevention/letters/:id/answer': { version: 0, outcome: 'explained', answer: '核对' },
  'POST /prevention/findings/:id/steps': { do: 'withdraw', version: 0, note: '核对' },
  'POST /prevention/costs/:id/reversal': { id: NO_ID, reason: '核对' },
  'PATCH /telemetry/sources/:id': { codeSet: 'gbt24476', version: 0 },
};
