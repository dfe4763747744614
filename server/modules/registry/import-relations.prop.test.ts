import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OrgId } from '../../kernel/ids.ts';
import { addDays, type Day } from '../../kernel/time.ts';
import type { EditedParty } from './edit.rules.ts';
import { type Relation, withRelation } from './import-relations.rules.ts';

const ORGS = ['a', 'b', 'c'].map((id) => `${id.repeat(8)}-0000-4000-8000-000000000000` as OrgId);
const FIRST = '2020-01-01' as Day;
const relation = fc
  .record({
    org: fc.constantFrom(...ORGS),
    role: fc.constantFrom('maintenance' as const, 'owner' as const),
    from: fc.integer({ min: 0, max: 60 }),
    days: fc.option(fc.integer({ min: -5, max: 40 })),
  })
  .map(
    ({ org, role, from, days }): Relation => ({
      role,
      orgId: org,
      personId: null,
      fromOn: addDays(FIRST, from),
      toOn: days === null ? null : addDays(FIRST, from + days),
      source: 'list',
    }),
  );

const allOf = (relations: readonly Relation[]): readonly EditedParty[] => {
  let parties: readonly EditedParty[] = [];
  for (const r of relations) {
    const next = withRelation(parties, r);
    if (next.ok) parties = next.value;
  }
  return parties;
};

test('whatever a list says in whatever order, nobody shares a role that one holds at a time', () => {
  fc.assert(
    fc.property(fc.array(relation, { maxLength: 12 }), (relations) => {
      const held = allOf(relations).filter((p) => p.role === 'maintenance');
      for (const [i, a] of held.entries())
        for (const b of held.slice(i + 1))
          expect((a.toOn !== null && a.toOn < b.fromOn) || (b.toOn !== null && b.toOn < a.fromOn)).toBe(true);
      expect(held.filter((p) => p.toOn === null).length).toBeLessThanOrEqual(1);
    }),
  );
});

test('an end told later does not reach into the days of who followed', () => {
  const told = (org: number, from: number, to: number | null): Relation => ({
    role: 'maintenance',
    orgId: ORGS[org] ?? null,
    personId: null,
    fromOn: addDays(FIRST, from),
    toOn: to === null ? null : addDays(FIRST, to),
    source: 'list',
  });
  const parties = allOf([told(0, 0, null), told(1, 10, null)]); // the first ends on the ninth day
  expect(withRelation(parties, told(0, 0, 10))).toMatchObject({
    ok: false,
    refusal: { code: 'registry.cell_relation_overlap', from: addDays(FIRST, 10) },
  });
  expect(withRelation(parties, told(0, 0, 5))).toMatchObject({ ok: true });
});

test('a relation that was taken, given again, changes nothing', () => {
  fc.assert(
    fc.property(fc.array(relation, { maxLength: 8 }), relation, (relations, last) => {
      const parties = allOf(relations);
      const once = withRelation(parties, last);
      fc.pre(once.ok);
      const again = withRelation(once.value, last);
      expect(again).toEqual({ ok: true, value: once.value });
    }),
  );
});

test('no relation ends before it begins', () => {
  fc.assert(
    fc.property(fc.array(relation, { maxLength: 12 }), (relations) => {
      for (const p of allOf(relations)) expect(p.toOn === null || p.toOn >= p.fromOn).toBe(true);
    }),
  );
});
