import type { Tx } from '../../../kernel/db.ts';
import type { Kernel, Module, Reactions } from '../../../kernel/module.ts';
import { secretData } from '../../../kernel/secret-data.ts';
import type { Calendar } from '../../../kernel/time.ts';
import {
  callersOf,
  type PeopleReleased,
  type RescueTables,
  readPeopleReleased,
  readReleaseCorrected,
} from '../../rescue/index.ts';
import type { InsuranceDeps } from '../deps.ts';
import { readClaimChanged } from '../events.ts';
import type { InsuranceSettings } from '../pack.ts';
import type { InsuranceTables } from '../tables.ts';
import { type ClaimDeps, statutoryClocks } from './claim.deps.ts';
import { claimRoutes } from './claim.routes.ts';
import { tellOfMediation } from './claim-mediation.service.ts';
import { claimPaymentRoutes } from './claim-money.routes.ts';
import { claimPartRoutes, partyRoutes } from './claim-parts.routes.ts';
import { claimRuleRoutes } from './claim-rule.routes.ts';
import { claimantPages } from './claimant.pages.ts';
import { claimantRoutes } from './claimant.routes.ts';
import { draftFromRelease } from './entrapment.service.ts';
import { reviewRoutes } from './review.routes.ts';

type Given = { deps: InsuranceDeps; settings: InsuranceSettings; calendar: Calendar };

/** Claims as a part of the insurance module: their routes, the public channel, and what they hear of rescues. */
export const claimModule = (
  { keys, config }: Pick<Kernel, 'keys'> & { config: Pick<Kernel['config'], 'cipher' | 'publicUrl'> },
  { deps, settings, calendar }: Given,
): Required<Pick<Module, 'routes' | 'pages' | 'reactions'>> =>
  claimModuleOn({
    ...deps,
    secret: secretData(keys, config.cipher),
    calendar,
    clocks: statutoryClocks(settings),
    publicUrl: config.publicUrl,
  });

/** The same on given means. */
export const claimModuleOn = (deps: ClaimDeps): Required<Pick<Module, 'routes' | 'pages' | 'reactions'>> => ({
  routes: async (app) => {
    for (const routes of [
      claimRoutes,
      partyRoutes,
      claimPartRoutes,
      claimPaymentRoutes,
      claimRuleRoutes,
      reviewRoutes,
      claimantRoutes,
    ])
      await app.register(routes(deps));
  },
  pages: claimantPages(deps),
  reactions: claimReactions(deps),
});

/** A mediation began or ended: everybody it is about hears. People are out: a claim drafts itself; drills are no accidents. */
const claimReactions = (deps: ClaimDeps): Reactions => ({
  'insurance.claim_changed': (tx, event) => {
    const { claimId, by } = readClaimChanged(event).data;
    return tellOfMediation(tx.withTables<InsuranceTables>(), deps, { eventId: event.id, claimId, by });
  },
  'rescue.people_released': (tx, event) => hearRelease(tx, deps, readPeopleReleased(event).data),
  'rescue.release_corrected': (tx, event) => hearRelease(tx, deps, readReleaseCorrected(event).data),
});

/** People are out, or that is told otherwise than before: the claim drafts itself, or follows. Drills are no accidents. */
async function hearRelease(tx: Tx<unknown>, deps: ClaimDeps, data: PeopleReleased['data']): Promise<void> {
  if (data.drill) return;
  const at = (text: string | null) => (text === null ? null : new Date(text));
  const phones = await callersOf(tx.withTables<RescueTables>(), deps.secret, {
    incidentId: data.incidentId,
    agreed: true,
  });
  const release = {
    incidentId: data.incidentId,
    elevatorId: data.elevatorId,
    stoppedAt: at(data.stoppedAt),
    reportedAt: at(data.reportedAt),
    awareAt: new Date(data.awareAt),
    releasedAt: new Date(data.releasedAt),
    trusted: data.releasedTrusted,
    people: data.people,
    injuries: data.injuries,
  };
  await draftFromRelease(tx.withTables<InsuranceTables>(), deps, { release, phones });
}
