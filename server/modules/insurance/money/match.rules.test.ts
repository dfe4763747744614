import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fen } from '../../../kernel/money.ts';
import { allocationsOf, matchLines, type NamedPolicy, numbersIn, type WaitingLine } from './match.rules.ts';

const part = (payer: string, amount: number) => ({ payer, amount: fen(amount) });
const policy = (over: Partial<NamedPolicy> = {}): NamedPolicy => ({
  id: over.number ?? 'PZ1',
  number: 'PZ1',
  isOwn: true,
  isOpen: true,
  due: [part('owner', 300), part('maintenance', 200)],
  instalments: [],
  notices: [],
  used: [],
  ...over,
});
const line = (text: string, left: number, over: Partial<WaitingLine> = {}): WaitingLine => ({
  id: 'line',
  at: new Date('2026-11-18T02:00:00Z'),
  left: fen(left),
  text,
  ...over,
});
const asked = (no: number, payer: string, amount: number) => ({
  no,
  payer,
  amount: fen(amount),
  round: 'a',
  part: null,
});
const later = (no: number, payer: string, amount: number) => ({ ...asked(no, payer, amount), round: 'b' });
const verdict = (text: string, left: number, policies: readonly NamedPolicy[] = [policy()]) => {
  const { clear, unclear } = matchLines([line(text, left)], policies);
  return clear[0] ?? unclear.get('line');
};

describe('a text names a number', () => {
  test.each([
    ['PZ1'],
    ['缴PZ1保费'],
    ['保单号：pz1，'],
    ['保单ＰＺ１'],
    ['附言/PZ1'],
    ['REF20261118/PZ1'],
    ['PZ1-示例物业'],
    ['PZ1 PZ1'],
  ])('%s', (text) =>
    expect(verdict(text, 500)).toMatchObject({
      policyId: 'PZ1',
      notice: null,
      parts: [part('owner', 300), part('maintenance', 200)],
    }),
  );
  test.each(['', '电梯保险费', 'PZ', 'PZ10', 'APZ1', 'PZ1-7', 'PZ1A', '****1234'])(
    '%s names none that is known',
    (text) => expect(verdict(text, 500)).toEqual({ reason: 'number_unknown' }),
  );
  test('what to look up holds the word, its pieces, and the number before a notice', () => {
    expect(numbersIn('缴 A/PZ1-2 保费')).toEqual(['A/PZ1-2', 'A/PZ1', 'A', 'PZ1-2', 'PZ1']);
    expect(numbersIn('PZ1-0')).toEqual(['PZ1-0']);
  });
  test.each([
    ['示例ZR2026000034', '缴示例ZR2026000034保费', true],
    ['示例ZR2026000034', '示例ＺＲ2026000034', true],
    ['示例ZR2026000034', 'ZR2026000034', false], // not the whole number
    ['示例ZR2026000034', '他例ZR2026000034', false],
    ['示例ZR2026000034', '示例ZR20260000341', false],
  ])('%s in %s: %s', (number, text, isNamed) =>
    expect(verdict(text, 500, [policy({ number })])).toMatchObject(isNamed ? { number } : { reason: 'number_unknown' }),
  );
  test('a notice of a number with Chinese characters', () => {
    const own = policy({ number: '示例ZR1', notices: [asked(2, 'owner', 300)] });
    expect(verdict('缴费通知示例ZR1-2', 300, [own])).toMatchObject({ notice: 2 });
    expect(verdict('缴费通知ZR1-2', 300, [own])).toEqual({ reason: 'number_unknown' });
  });
  test('a number with joining marks is one word', () =>
    expect(verdict('P-2026/11.7_a', 500, [policy({ number: 'P-2026/11.7_A' })])).toMatchObject({ notice: null }));
});

describe('what stays, and why', () => {
  test('two policies', () =>
    expect(verdict('PZ1 与 PZ2', 500, [policy(), policy({ number: 'PZ2' })])).toEqual({
      reason: 'names_two',
      numbers: ['PZ1', 'PZ2'],
    }));
  test('two notices of one policy', () =>
    expect(
      verdict('PZ1-1 PZ1-2', 500, [policy({ notices: [asked(1, 'owner', 300), asked(2, 'maintenance', 200)] })]),
    ).toEqual({ reason: 'names_two', numbers: ['PZ1-1', 'PZ1-2'] }));
  test('a word that is a policy and the notice of another', () =>
    expect(
      verdict('PZ1-1', 300, [policy({ notices: [asked(1, 'owner', 300)] }), policy({ number: 'PZ1-1' })]),
    ).toMatchObject({ reason: 'names_two' }));
  test('a fen too much, a fen too little', () => {
    expect(verdict('PZ1', 501)).toEqual({ reason: 'amount_over', numbers: ['PZ1'], open: 500, difference: 1 });
    expect(verdict('PZ1', 499)).toEqual({ reason: 'amount_short', numbers: ['PZ1'], open: 500, difference: 1 });
  });
  test('nothing is owed any more', () =>
    expect(verdict('PZ1', 500, [policy({ due: [] })])).toEqual({ reason: 'already_paid', numbers: ['PZ1'] }));
  test('the policy ended', () =>
    expect(verdict('PZ1', 500, [policy({ isOpen: false })])).toEqual({ reason: 'policy_ended', numbers: ['PZ1'] }));
  test('another insurer’s policy; one’s own of the same number comes first', () => {
    const foreign = policy({ id: 'theirs', isOwn: false });
    expect(verdict('PZ1', 500, [foreign])).toEqual({ reason: 'other_insurer', numbers: ['PZ1'] });
    expect(verdict('PZ1', 500, [foreign, policy()])).toMatchObject({ policyId: 'PZ1' });
  });
});

describe('a notice', () => {
  const alone = policy({ notices: [asked(1, 'owner', 300), asked(2, 'maintenance', 200)] });
  test('is its payer’s part, with the policy’s number beside it or not', () => {
    for (const text of ['PZ1-1', '保单PZ1，通知PZ1-1'])
      expect(verdict(text, 300, [alone])).toMatchObject({ notice: 1, parts: [part('owner', 300)] });
    expect(verdict('PZ1-1', 500, [alone])).toMatchObject({ reason: 'amount_over', difference: 200 });
  });
  test('is open as far as its payer still owes', () => {
    const rest = { ...alone, due: [part('owner', 100), part('maintenance', 200)] };
    expect(verdict('PZ1-1', 100, [rest])).toMatchObject({ parts: [part('owner', 100)] });
    expect(verdict('PZ1-1', 300, [rest])).toMatchObject({ reason: 'amount_over', open: 100 });
    expect(verdict('PZ1-1', 300, [{ ...alone, due: [part('maintenance', 200)] }])).toMatchObject({
      reason: 'already_paid',
    });
  });
  test('that was paid is not paid again by what its payer owes since', () => {
    const since = { ...alone, due: [part('owner', 900)], used: [{ payer: 'owner', text: '缴PZ1-1' }] };
    expect(verdict('PZ1-1', 300, [since])).toMatchObject({ reason: 'already_paid' });
    expect(verdict('PZ1-1', 300, [{ ...since, used: [] }])).toMatchObject({ parts: [part('owner', 300)] });
  });

  const shared = policy({
    due: [part('maintenance', 300)],
    notices: [asked(1, 'maintenance', 100), asked(2, 'maintenance', 200), later(3, 'maintenance', 300)],
  });
  test('of a shared part is its own unit’s, once', () => {
    expect(verdict('PZ1-1', 100, [shared])).toMatchObject({ notice: 1, parts: [part('maintenance', 100)] });
    const first = { ...shared, due: [part('maintenance', 200)], used: [{ payer: 'maintenance', text: 'PZ1-1' }] };
    expect(verdict('PZ1-1', 100, [first])).toMatchObject({ reason: 'already_paid' });
    expect(verdict('PZ1-2', 200, [first])).toMatchObject({ notice: 2 });
  });
  test('of a shared part is unsure once some of it came another way', () =>
    expect(verdict('PZ1-1', 100, [{ ...shared, due: [part('maintenance', 200)] }])).toEqual({
      reason: 'notice_unsure',
      numbers: ['PZ1-1'],
    }));
});

describe('paid in parts', () => {
  const inParts = (owner: readonly number[], maintenance: readonly number[], from = 1) =>
    policy({
      due: [
        part(
          'owner',
          owner.reduce((a, b) => a + b, 0),
        ),
        part(
          'maintenance',
          maintenance.reduce((a, b) => a + b, 0),
        ),
      ],
      instalments: [...owner, ...maintenance].map((amount, i) => {
        const isOwner = i < owner.length;
        return { ...part(isOwner ? 'owner' : 'maintenance', amount), no: from + (isOwner ? i : i - owner.length) };
      }),
    });
  const twice = inParts([120, 180], [70, 130]);
  test('the next part of all, or of one payer, is clear; what comes after it is not', () => {
    expect(verdict('PZ1', 190, [twice])).toMatchObject({ parts: [part('owner', 120), part('maintenance', 70)] });
    expect(verdict('PZ1', 70, [twice])).toMatchObject({ parts: [part('maintenance', 70)] });
    expect(verdict('PZ1', 300, [twice])).toMatchObject({ parts: [part('owner', 300)] }); // both parts of one
    expect(verdict('PZ1', 180, [twice])).toEqual({
      reason: 'amount_short',
      numbers: ['PZ1'],
      open: 500,
      difference: 320,
    });
    expect(verdict('PZ1', 500, [twice])).toMatchObject({ parts: [part('owner', 300), part('maintenance', 200)] });
  });
  test('an amount that two payers owe next, or that reads two ways, is left to a person', () => {
    const alike = { reason: 'part_unsure', numbers: ['PZ1'] };
    expect(verdict('PZ1', 100, [inParts([100, 100], [100, 100])])).toEqual(alike);
    expect(verdict('PZ1', 300, [inParts([100, 200, 50], [60, 240, 50])])).toEqual(alike); // two parts of either
  });
  test('the parts whose turn it is come before one payer’s parts to come', () => {
    expect(verdict('PZ1', 200, [inParts([100, 100], [100, 300])])).toMatchObject({
      parts: [part('owner', 100), part('maintenance', 100)],
    });
    const left = policy({
      due: [part('owner', 200), part('maintenance', 100)],
      instalments: [1, 2].map((no) => ({ ...part('owner', 100), no })).concat([{ ...part('maintenance', 100), no: 2 }]),
    });
    expect(verdict('PZ1', 100, [left])).toMatchObject({ parts: [part('owner', 100)] });
  });
  test('who paid first is not asked again: the second line finds the other’s part', () => {
    const after = new Date(Date.UTC(2026, 10, 20));
    const owners = [line('PZ1', 120, { id: 'a' }), line('PZ1', 380, { id: 'b', at: after })];
    expect(matchLines(owners, [twice]).clear.map((m) => m.parts)).toEqual([
      [part('owner', 120)],
      [part('owner', 180), part('maintenance', 200)],
    ]);
  });
});

test('the money that came first counts; the second is told that it is paid', () => {
  const late = line('PZ1', 500, { id: 'a', at: new Date('2026-11-19T00:00:00Z') });
  const early = line('PZ1', 500, { id: 'b' });
  const { clear, unclear } = matchLines([late, early], [policy()]);
  expect(clear.map((m) => m.lineId)).toEqual(['b']);
  expect(unclear.get('a')).toMatchObject({ reason: 'already_paid' });
});

/** Few policies with few numbers and small sums, so that lines meet. */
const anyPolicy = (n: number): fc.Arbitrary<NamedPolicy> =>
  fc.tuple(anyWhole(n), fc.boolean()).map(([whole, inParts]) => ({
    ...whole,
    instalments: whole.due.flatMap(({ payer, amount }) =>
      Array.from({ length: inParts ? amount : 0 }, (_, i) => ({ ...part(payer, 1), no: i + 1 })),
    ),
  }));
const anyWhole = (n: number): fc.Arbitrary<Omit<NamedPolicy, 'instalments'>> =>
  fc.record({
    id: fc.constant(`policy ${n}`),
    number: fc.constant(`P${n}`),
    isOwn: fc.boolean(),
    isOpen: fc.boolean(),
    due: fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))
      .map(([a, b]) => [part('owner', a), part('maintenance', b)].filter((p) => p.amount > 0)),
    notices: fc.subarray([
      asked(1, 'owner', 1),
      asked(2, 'maintenance', 1),
      asked(3, 'maintenance', 2),
      later(4, 'owner', 2),
    ]),
    used: fc.subarray([
      { payer: 'owner', text: `P${n}-1` },
      { payer: 'maintenance', text: `P${n}-2` },
    ]),
  });
const policies = fc.tuple(anyPolicy(1), anyPolicy(2));
const texts = fc.constantFrom(
  'P1',
  'P2',
  'P1-1',
  'P1-2',
  'P1-3',
  'P1-4',
  'P2-1',
  'P1 P1-3',
  'P1 P2',
  'P2-2 P2-3',
  '无',
);
const lines = fc
  .array(fc.record({ text: texts, left: fc.integer({ min: 1, max: 6 }), day: fc.integer({ min: 1, max: 3 }) }), {
    maxLength: 12,
  })
  .map((all) =>
    all.map(({ text, left, day }, i) => line(text, left, { id: `l${i}`, at: new Date(Date.UTC(2026, 10, day)) })),
  );

test('whatever comes: a line is given whole or not at all, once, and no payer more than he owes', () => {
  fc.assert(
    fc.property(lines, policies, (given, own) => {
      const { clear, unclear } = matchLines(given, own);
      expect([...clear.map((m) => m.lineId), ...unclear.keys()].toSorted()).toEqual(given.map((l) => l.id).toSorted());
      for (const match of clear)
        expect(match.parts.reduce((n, p) => n + p.amount, 0)).toBe(given.find((l) => l.id === match.lineId)?.left);
      for (const { id, due, isOwn, isOpen } of own) {
        const all = clear.flatMap(allocationsOf).filter((a) => a.policyId === id);
        expect(all.length > 0 && !(isOwn && isOpen)).toBe(false);
        for (const { payer, amount } of due)
          expect(all.filter((a) => a.payer === payer).reduce((n, a) => n + a.amount, 0)).toBeLessThanOrEqual(amount);
        expect(all.every((a) => due.some((d) => d.payer === a.payer))).toBe(true);
      }
    }),
  );
});

test('the order of lines and policies does not matter', () => {
  const shuffled = fc.tuple(lines, policies).chain(([given, own]) =>
    fc.record({
      given: fc.constant(given),
      own: fc.constant(own),
      other: fc.shuffledSubarray(given, { minLength: given.length, maxLength: given.length }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ given, own, other }) => {
      const [a, b] = [matchLines(given, own), matchLines(other, own.toReversed())];
      expect(b.clear).toEqual(a.clear);
      expect(new Map(b.unclear)).toEqual(new Map(a.unclear));
    }),
  );
});

describe('a notice of one part', () => {
  const inst = (no: number, payer: string, amount: number) => ({ no, payer, amount: fen(amount) });
  const inParts = policy({
    due: [part('owner', 600), part('maintenance', 200)],
    instalments: [inst(2, 'owner', 300), inst(2, 'maintenance', 200), inst(3, 'owner', 300)],
    notices: [
      { ...asked(3, 'owner', 300), part: 2 },
      { ...asked(4, 'maintenance', 120), part: 2 },
      { ...asked(5, 'maintenance', 80), part: 2 },
      { ...asked(6, 'owner', 300), part: 3 },
    ],
  });
  test('is what is open of that part, not of all that is still to come', () => {
    expect(verdict('PZ1-3', 300, [inParts])).toMatchObject({ notice: 3, parts: [part('owner', 300)] });
    expect(verdict('PZ1-6', 300, [inParts])).toMatchObject({ notice: 6 });
    expect(verdict('PZ1-3', 600, [inParts])).toMatchObject({ reason: 'amount_over', open: 300, difference: 300 });
  });
  test('shared by two units each pays his own, though later parts are open', () => {
    expect(verdict('PZ1-4', 120, [inParts])).toMatchObject({ notice: 4, parts: [part('maintenance', 120)] });
    expect(verdict('PZ1-5', 80, [inParts])).toMatchObject({ notice: 5 });
  });
  test('is paid once: the part is paid already', () => {
    const paid = { ...inParts, instalments: inParts.instalments.filter((i) => i.no === 3) };
    expect(verdict('PZ1-3', 300, [paid])).toEqual({ reason: 'already_paid', numbers: ['PZ1-3'] });
  });
  test('came another way in part: somebody looks', () => {
    const moved = { ...inParts, instalments: [inst(2, 'maintenance', 150)] };
    expect(verdict('PZ1-4', 120, [moved])).toEqual({ reason: 'notice_unsure', numbers: ['PZ1-4'] });
  });
});
