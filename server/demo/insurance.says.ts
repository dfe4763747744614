import type { OrgId } from '../kernel/ids.ts';
import { invariant, type Result } from '../kernel/result.ts';
import type { Viewer } from '../kernel/scope.ts';
import type { DemoWorld } from './seed.ts';

/** A person of an organisation of the demo. */
export function viewerOf(org: OrgId, role: string, { kernel, cast }: DemoWorld): Viewer {
  return {
    accountId: kernel.newId() as Viewer['accountId'],
    personId: null,
    orgId: org,
    role,
    displayName: cast.orgs.find((o) => o.id === org)?.name ?? '',
    scope: { all: false, areas: [], orgs: [org] },
    grants: [],
  };
}

/** What the demo's own services do, or the reason why the demo is wrong. */
export function sure<T, R extends { code: string }>(done: Result<T, R>): T {
  invariant(done.ok, `the demo's own insurance is in order: ${done.ok ? '' : done.refusal.code}`);
  return done.value;
}
