import { z } from 'zod';
import { OFFICIALS } from '../../../contract/identity-vocabulary.ts';
import { industryOffices, industryWork } from '../../../contract/registry-industries.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import type { RegistryDeps } from './deps.ts';
import { industriesOf } from './industry.views.ts';
import { groundOf } from './list.ground.ts';
import { status } from './status.ts';

const tags = ['registry'];
/** Who says which department answers for an industry. */
const NAMES = ['city_regulator'];

/** 管行业必须管安全: what each industry's department has to do about its elevators. */
export const industryRoutes =
  (deps: RegistryDeps): Routes =>
  async (app) => {
    const { scoped } = deps;
    app.get(
      '/registry/industries',
      {
        config: { access: OFFICIALS },
        schema: { summary: 'Work of each industry’s department', tags, response: { 200: industryWork } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const ask = { ground: groundOf(deps, viewer), orgId: viewer.orgId };
        const found = await scoped(viewer, (tx) => industriesOf(tx, ask));
        return { ...found, canName: NAMES.includes(viewer.role) };
      },
    );
    app.put(
      '/registry/industries/:industry/offices',
      {
        config: { access: NAMES },
        schema: {
          summary: 'Say which departments answer for an industry',
          tags,
          params: z.object({ industry: z.string().max(40) }),
          body: industryOffices,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const asked = { industry: request.params.industry, orgIds: request.body.orgIds.map((id) => id as OrgId) };
        const named = await nameOffices(deps, viewerOf(request), asked);
        return named.ok ? reply.code(204).send(null) : problem(reply, status, named.refusal);
      },
    );
  };

type Refusal = { code: 'registry.not_found' } | { code: 'registry.not_department'; name: string };
type Asked = { industry: string; orgIds: readonly OrgId[] };

/** These departments and no others answer for the industry from now on. */
function nameOffices(deps: RegistryDeps, viewer: Viewer, { industry, orgIds }: Asked): Promise<Result<null, Refusal>> {
  const { scoped, now, newId, city } = deps;
  return scoped(viewer, async (tx): Promise<Result<null, Refusal>> => {
    if (!city.industries.names.includes(industry)) return refuse({ code: 'registry.not_found' });
    const orgs =
      orgIds.length === 0
        ? []
        : await tx
            .selectFrom('identity.org_card')
            .select(['id', 'name', 'kinds'])
            .where('id', 'in', [...orgIds])
            .execute();
    if (orgs.length !== new Set(orgIds).size) return refuse({ code: 'registry.not_found' });
    const other = orgs.find(({ kinds }) => !kinds.some((kind) => kind === 'department' || kind === 'regulator'));
    if (other) return refuse({ code: 'registry.not_department', name: other.name });
    const kept = await tx
      .selectFrom('registry.industry_office')
      .select('org_id')
      .where('industry', '=', industry)
      .execute();
    const gone = kept.map(({ org_id }) => org_id).filter((id) => !orgIds.includes(id));
    if (gone.length > 0)
      await tx
        .deleteFrom('registry.industry_office')
        .where('industry', '=', industry)
        .where('org_id', 'in', gone)
        .execute();
    const added = orgs.filter(({ id }) => !kept.some(({ org_id }) => org_id === id));
    if (added.length > 0)
      await tx
        .insertInto('registry.industry_office')
        .values(added.map(({ id }) => ({ id: newId(), industry, org_id: id, named_at: now(), org_ids: [id] })))
        .execute();
    return accept(null);
  });
}
