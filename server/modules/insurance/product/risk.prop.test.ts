import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Day } from '../../../kernel/time.ts';
import { type Insurable, likenessOf, riskOf } from './risk.rules.ts';

const day = fc
  .tuple(fc.integer({ min: 1995, max: 2026 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join('-') as Day);
const files = fc.record<Insurable>({
  elevatorId: fc.uuid(),
  kind: fc.constantFrom('lift' as const, 'escalator' as const),
  state: fc.constantFrom('in_use', 'installed', 'stopped'),
  placeClass: fc.constantFrom('residence', 'mall', 'school', 'office', null),
  villa: fc.boolean(),
  inUseOn: fc.option(day),
  nextInspectionOn: fc.option(day),
  useOrgId: fc.constant('u'),
  maintenanceOrgId: fc.constant('m'),
  makerOrgId: fc.constant(null),
  orgIds: fc.constant(['u', 'm']),
  areaCodes: fc.constant(['320205']),
});

test('elevators of one likeness are told a tariff the same', () => {
  fc.assert(
    fc.property(fc.array(files, { minLength: 2, maxLength: 30 }), day, (all, on) => {
      const first = new Map<string, unknown>();
      for (const e of all) {
        const likeness = likenessOf(e, on);
        const risk = riskOf(e, {}, on);
        expect(risk).toEqual(first.get(likeness) ?? risk);
        first.set(likeness, risk);
      }
    }),
  );
});
