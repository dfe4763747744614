import { createBrowserRouter, type RouteObject } from 'react-router';
import { PageFailed, PageMissing } from './frame/missing.tsx';
import { SignedIn } from './frame/signed-in.tsx';
import { paths } from './paths.ts';
import { Loading } from './ui/states.tsx';

type Lazy = () => Promise<{ Component: React.ComponentType }>;

/** A page that is fetched when it is first opened. */
const page = (path: string, lazy: Lazy): RouteObject => ({
  path,
  lazy,
  errorElement: <PageFailed />,
  hydrateFallbackElement: <Loading />,
});

/** Pages inside the frame. Each capability adds its own lines here and its addresses in paths.ts. */
const framed: readonly RouteObject[] = [
  page(paths.overview(), () => import('./pages/overview/overview.tsx').then((m) => ({ Component: m.OverviewPage }))),
  page(paths.overview(':area'), () =>
    import('./pages/overview/overview.tsx').then((m) => ({ Component: m.OverviewPage })),
  ),
  page('/map', () => import('./pages/map/map.tsx').then((m) => ({ Component: m.MapPage }))),
  page('/elevators', () => import('./pages/registry/elevators.tsx').then((m) => ({ Component: m.ElevatorsPage }))),
  page(paths.elevator(':id'), () => import('./pages/registry/file.tsx').then((m) => ({ Component: m.ElevatorPage }))),
  page(paths.industries(), () =>
    import('./pages/registry/industries.tsx').then((m) => ({ Component: m.IndustriesPage })),
  ),
  page(paths.households(), () =>
    import('./pages/registry/households.tsx').then((m) => ({ Component: m.HouseholdsPage })),
  ),
  page(paths.gaps(), () => import('./pages/registry/gaps.tsx').then((m) => ({ Component: m.GapsPage }))),
  page(paths.merge(':id'), () => import('./pages/registry/merge.tsx').then((m) => ({ Component: m.MergePage }))),
  page('/organisations', () =>
    import('./pages/identity/organisations.tsx').then((m) => ({ Component: m.OrganisationsPage })),
  ),
  page('/people', () => import('./pages/identity/people.tsx').then((m) => ({ Component: m.PeoplePage }))),
  page('/accounts', () => import('./pages/identity/accounts.tsx').then((m) => ({ Component: m.AccountsPage }))),
  page(paths.machines(), () => import('./pages/identity/machines.tsx').then((m) => ({ Component: m.MachinesPage }))),
  page(paths.webhooks(), () => import('./pages/identity/webhooks.tsx').then((m) => ({ Component: m.WebhooksPage }))),
  page('/audit', () => import('./pages/identity/audit.tsx').then((m) => ({ Component: m.AuditPage }))),
  page(paths.ownAccount(), () =>
    import('./pages/identity/own-account.tsx').then((m) => ({ Component: m.OwnAccountPage })),
  ),
  page(paths.packs(), () => import('./pages/packs/packs.tsx').then((m) => ({ Component: m.PacksPage }))),
  page('/telemetry', () => import('./pages/telemetry/health.tsx').then((m) => ({ Component: m.HealthPage }))),
  page('/telemetry/machine-rooms', () =>
    import('./pages/telemetry/rooms.tsx').then((m) => ({ Component: m.RoomsPage })),
  ),
  page('/telemetry/quarantine', () =>
    import('./pages/telemetry/quarantine.tsx').then((m) => ({ Component: m.QuarantinePage })),
  ),
  page(paths.desk(), () => import('./pages/rescue/desk.tsx').then((m) => ({ Component: m.DeskPage }))),
  page('/incidents', () => import('./pages/rescue/incidents.tsx').then((m) => ({ Component: m.IncidentsPage }))),
  page(paths.incident(':id'), () => import('./pages/rescue/incident.tsx').then((m) => ({ Component: m.IncidentPage }))),
  page('/import', () => import('./pages/import/imports.tsx').then((m) => ({ Component: m.ImportsPage }))),
  page(paths.importRun(':id'), () =>
    import('./pages/import/import-run.tsx').then((m) => ({ Component: m.ImportRunPage })),
  ),
  page('/calls', () => import('./pages/rescue/calls.tsx').then((m) => ({ Component: m.CallsPage }))),
  page('/stations', () => import('./pages/stations/stations.tsx').then((m) => ({ Component: m.StationsPage }))),
  page('/statistics', () => import('./pages/statistics/statistics.tsx').then((m) => ({ Component: m.StatisticsPage }))),
  page('/insurance/coverage', () =>
    import('./pages/insurance/coverage.tsx').then((m) => ({ Component: m.CoveragePage })),
  ),
  page('/insurance/coverage/elevators', () =>
    import('./pages/insurance/coverage-elevators.tsx').then((m) => ({ Component: m.CoverageElevatorsPage })),
  ),
  page('/insurance/annex', () => import('./pages/insurance/annex.tsx').then((m) => ({ Component: m.AnnexPage }))),
  page(paths.books(), () => import('./pages/insurance/books.tsx').then((m) => ({ Component: m.BooksPage }))),
  page(paths.bordereaux(), () =>
    import('./pages/insurance/bordereaux.tsx').then((m) => ({ Component: m.BordereauxPage })),
  ),
  page(paths.insuranceDatabase(), () =>
    import('./pages/insurance/database.tsx').then((m) => ({ Component: m.DatabasePage })),
  ),
  page('/claims', () => import('./pages/claims/claims.tsx').then((m) => ({ Component: m.ClaimsPage }))),
  page(paths.claim(':id'), () => import('./pages/claims/claim.tsx').then((m) => ({ Component: m.ClaimPage }))),
  page('/claim-payments', () => import('./pages/claims/payments.tsx').then((m) => ({ Component: m.PaymentsPage }))),
  page(paths.claimRules(), () => import('./pages/claims/rules.tsx').then((m) => ({ Component: m.ClaimRulesPage }))),
  page(paths.claimReviews(), () =>
    import('./pages/claims/reviews.tsx').then((m) => ({ Component: m.ClaimReviewsPage })),
  ),
  page(paths.subsidies(), () =>
    import('./pages/insurance/subsidies.tsx').then((m) => ({ Component: m.SubsidiesPage })),
  ),
  page(paths.holdings(), () => import('./pages/insurance/holdings.tsx').then((m) => ({ Component: m.HoldingsPage }))),
  page(paths.commissions(), () =>
    import('./pages/insurance/commissions.tsx').then((m) => ({ Component: m.CommissionsPage })),
  ),
  page(paths.actuarial(), () =>
    import('./pages/insurance/actuarial.tsx').then((m) => ({ Component: m.ActuarialPage })),
  ),
  page('/insurance/policies', () =>
    import('./pages/insurance/policies.tsx').then((m) => ({ Component: m.PoliciesPage })),
  ),
  page(paths.policy(':id'), () => import('./pages/insurance/policy.tsx').then((m) => ({ Component: m.PolicyPage }))),
  page('/insurance/quotes', () => import('./pages/insurance/quotes.tsx').then((m) => ({ Component: m.QuotesPage }))),
  page(paths.quote(':id'), () => import('./pages/insurance/quote.tsx').then((m) => ({ Component: m.QuotePage }))),
  page(paths.insure(), () => import('./pages/insurance/insure.tsx').then((m) => ({ Component: m.InsurePage }))),
  page(paths.comparison(':id'), () =>
    import('./pages/insurance/comparison.tsx').then((m) => ({ Component: m.ComparisonPage })),
  ),
  page(paths.mandates(), () => import('./pages/insurance/mandates.tsx').then((m) => ({ Component: m.MandatesPage }))),
  page(paths.renewals(), () => import('./pages/insurance/renewals.tsx').then((m) => ({ Component: m.RenewalsPage }))),
  page(paths.bank(), () => import('./pages/insurance/bank.tsx').then((m) => ({ Component: m.BankPage }))),
  page(paths.evidence(), () => import('./pages/insurance/evidence.tsx').then((m) => ({ Component: m.EvidencePage }))),
  page(paths.elsewhere(), () =>
    import('./pages/insurance/elsewhere.tsx').then((m) => ({ Component: m.ElsewherePage })),
  ),
  page(paths.admissions(), () =>
    import('./pages/insurance/admissions.tsx').then((m) => ({ Component: m.AdmissionsPage })),
  ),
  page(paths.numbers(), () => import('./pages/insurance/numbers.tsx').then((m) => ({ Component: m.NumbersPage }))),
  page(paths.premiumAccount(), () =>
    import('./pages/insurance/premium-account.tsx').then((m) => ({ Component: m.PremiumAccountPage })),
  ),
  page(paths.products(), () => import('./pages/products/products.tsx').then((m) => ({ Component: m.ProductsPage }))),
  page('/insurance/products/new', () =>
    import('./pages/products/product-form.tsx').then((m) => ({ Component: m.ProductFormPage })),
  ),
  page(paths.product(':id'), () => import('./pages/products/product.tsx').then((m) => ({ Component: m.ProductPage }))),
  page('/insurance/products/:id/compare', () =>
    import('./pages/products/versions.tsx').then((m) => ({ Component: m.ProductVersionsPage })),
  ),
  page('/changes', () => import('./pages/registry/changes.tsx').then((m) => ({ Component: m.ChangesPage }))),
  page('/cases', () => import('./pages/registry/cases.tsx').then((m) => ({ Component: m.CasesPage }))),
  page(paths.services(), () => import('./pages/prevention/services.tsx').then((m) => ({ Component: m.ServicesPage }))),
  page(paths.visits(), () => import('./pages/prevention/visits.tsx').then((m) => ({ Component: m.VisitsPage }))),
  page(paths.findings(), () => import('./pages/prevention/findings.tsx').then((m) => ({ Component: m.FindingsPage }))),
  page('/insurance/pensions', () =>
    import('./pages/pension/pensions.tsx').then((m) => ({ Component: m.PensionsPage })),
  ),
  page(paths.pension(':id'), () => import('./pages/pension/pension.tsx').then((m) => ({ Component: m.PensionPage }))),
  page(paths.scorecards(), () =>
    import('./pages/prevention/scorecards.tsx').then((m) => ({ Component: m.ScorecardsPage })),
  ),
  page(paths.letters(), () => import('./pages/prevention/letters.tsx').then((m) => ({ Component: m.LettersPage }))),
  page(paths.evaluations(), () =>
    import('./pages/prevention/evaluations.tsx').then((m) => ({ Component: m.EvaluationsPage })),
  ),
  page(paths.fairMarket(), () => import('./pages/market/fair.tsx').then((m) => ({ Component: m.FairMarketPage }))),
  page(paths.sellers(), () => import('./pages/market/sellers.tsx').then((m) => ({ Component: m.SellersPage }))),
  page(paths.ties(), () => import('./pages/market/ties.tsx').then((m) => ({ Component: m.TiesPage }))),
  page(paths.programmes(), () =>
    import('./pages/market/programmes.tsx').then((m) => ({ Component: m.ProgrammesPage })),
  ),
];

/** The rescuer's phone has its own gate: it opens without network too. One piece of code, kept on the phone as a whole. */
const phone: RouteObject = {
  lazy: () => import('./pages/phone/index.ts').then((m) => ({ Component: m.PhoneGate })),
  errorElement: <PageFailed />,
  hydrateFallbackElement: <Loading />,
  children: [
    page(paths.jobs(), () => import('./pages/phone/index.ts').then((m) => ({ Component: m.JobListPage }))),
    page(paths.workAtCar(), () => import('./pages/phone/index.ts').then((m) => ({ Component: m.WorkPage }))),
    page(paths.job(':id'), () => import('./pages/phone/index.ts').then((m) => ({ Component: m.JobPage }))),
  ],
};

export const router = createBrowserRouter([
  page('/sign-in', () => import('./pages/session/sign-in.tsx').then((m) => ({ Component: m.SignInPage }))),
  page(paths.setup(), () => import('./pages/session/setup.tsx').then((m) => ({ Component: m.SetupPage }))),
  phone,
  {
    element: <SignedIn />,
    errorElement: <PageFailed />,
    hydrateFallbackElement: <Loading />,
    children: [
      page(paths.survey(), () => import('./pages/prevention/survey.tsx').then((m) => ({ Component: m.SurveyPage }))),
      {
        lazy: () => import('./frame/frame.tsx').then((m) => ({ Component: m.Frame })),
        children: [...framed, { path: '*', element: <PageMissing /> }],
      },
    ],
  },
]);
