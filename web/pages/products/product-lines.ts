import type { z } from 'zod';
import type { productInput, productText } from '../../../contract/insurance-filing.ts';
import type { Say } from '../../say.ts';
import { yuan } from '../../ui/money.ts';

export type Draft = z.infer<typeof productInput>;
export type ProductText = z.infer<typeof productText>;

/** One thing a product says: where, what it is called, what it says. `key` finds the same thing in another version. */
export type ProductLine = { part: string; key: string; name: string; value: string };

type Words = { say: Say; word: (prefix: string, value: string) => string };
type Pair = readonly [leaf: string, value: string];

/** All that a product says, part by part, in the reader's words: to read it, and to lay two versions side by side. */
export function linesOf(body: Draft, words: Words): readonly ProductLine[] {
  const { say, word } = words;
  const part = (p: string, id: string, pairs: readonly Pair[]): readonly ProductLine[] =>
    pairs.map(([leaf, value]) => ({ part: p, key: `${p}.${id}.${leaf}`, name: word('web.product.f', leaf), value }));
  const titled = (p: string, name: string) => `${word('web.product.part', p)} · ${name}`;
  return [
    ...part(say('web.product.part.basics'), '', basicsOf(body)),
    ...body.coverages.flatMap((c) => part(titled('coverages', c.name), c.id, coverageOf(c, words))),
    ...body.promises.flatMap((p) => part(titled('promises', p.name), p.id, promiseOf(p, words))),
    ...body.service.flatMap((s) => part(titled('service', s.name), s.id, [['perYear', String(s.perYear)]])),
    ...part(say('web.product.part.terms'), '', termsOf(body, words)),
    ...part(say('web.product.part.instalments'), 'instalments', instalmentsOf(body, words)),
    ...tariffOf(body.tariff, words),
  ];
}

const amount = (fen: number | null, { say }: Words) => (fen === null ? say('web.product.none_set') : yuan(fen));
const yesNo = (is: boolean, { say }: Words) => say(is ? 'web.product.yes' : 'web.product.no');
const LIMITS = ['perPerson', 'medicalPerPerson', 'propertyPerAccident', 'perAccident', 'aggregate'] as const;

const basicsOf = (body: Draft): readonly Pair[] => [
  ['name', body.name],
  ['code', body.code],
  ['filingNo', body.filingNo || '—'],
  ['from', body.from],
  ['to', body.to ?? '—'],
];

function coverageOf(c: Draft['coverages'][number], words: Words): readonly Pair[] {
  const { say, word } = words;
  return [
    ['name', c.name],
    ['kind', word('insurance.coverage', c.kind)],
    ...LIMITS.map((leaf) => [leaf, amount(c.limits[leaf], words)] as const),
    ['deductible', yuan(c.limits.deductible)],
    ['deductibleBeforeLimit', yesNo(c.limits.deductibleBeforeLimit, words)],
    ['waitingDays', String(c.waitingDays)],
    ['premiumBp', c.premiumBp === undefined ? words.say('web.product.none_set') : `${c.premiumBp / 100} %`],
    ['funding', c.funding.map((f) => word('insurance.source', f)).join(words.say('web.and'))],
    ...(c.benefit
      ? ([
          ['benefit', word('web.product.benefit', c.benefit.kind)],
          ['onlyWithoutInjury', yesNo(c.benefit.onlyWithoutInjury, words)],
          [
            'steps',
            c.benefit.steps
              .map(
                (s) =>
                  `${say(s.open ? 'web.product.step' : 'web.product.step_from', { minutes: s.fromSeconds / 60 })} ${yuan(s.amount)}`,
              )
              .join('；'),
          ],
        ] as const)
      : []),
  ];
}

function promiseOf(p: Draft['promises'][number], words: Words): readonly Pair[] {
  const { say, word } = words;
  return [
    ['starts', word('web.product.starts', p.starts)],
    ['stops', word('web.product.stops', p.stops)],
    ['length', say('web.product.length', { count: p.length.count, unit: word('web.product.unit', p.length.unit) })],
    ['upTo', amount(p.upTo, words)],
  ];
}

function termsOf(body: Draft, words: Words): readonly Pair[] {
  const none = words.say('web.product.none_set');
  const r = body.referral;
  return [
    ['quoteDays', String(body.quoteDays)],
    ['renewalDays', String(body.renewalDays)],
    ['elevatorsOver', String(r?.elevatorsOver ?? none)],
    ['totalOver', amount(r?.totalOver ?? null, words)],
    ['refusedPercentOver', String(r?.refusedPercentOver ?? none)],
    ['cancelFeePercent', String(body.cancelFeePercent)],
    ['shortRate', body.shortRate?.join(words.say('web.and')) ?? none],
  ];
}

function instalmentsOf({ instalments }: Draft, words: Words): readonly Pair[] {
  const { say } = words;
  if (!instalments) return [['instalments', say('web.product.paid_at_once')]];
  const { least, parts, remindDays, graceDays, noticeDays } = instalments;
  const all = parts.reduce((sum, p) => sum + p.weight, 0);
  return [
    [
      'instalments',
      parts
        .map((p) =>
          say(p.afterDays === 0 ? 'web.product.instalment_first' : 'web.product.instalment_is', {
            weight: p.weight,
            all,
            days: p.afterDays,
          }),
        )
        .join(say('web.product.and')),
    ],
    ['least', amount(least, words)],
    ['remindDays', String(remindDays)],
    ['graceDays', String(graceDays)],
    ['noticeDays', String(noticeDays)],
  ];
}

function tariffOf(t: Draft['tariff'], words: Words): readonly ProductLine[] {
  const { say, word } = words;
  const line = (part: string, id: string, [name, value]: Pair): ProductLine => ({
    part: word('web.product.part', part),
    key: `${part}.${id}`,
    name,
    value,
  });
  return [
    line('tariff', 'no', [word('web.product.f', 'tariffNo'), t.filingNo || '—']),
    ...Object.entries(t.bases).map(([c, fen]) => line('bases', c, [word('insurance.rating_class', c), yuan(fen)])),
    ...t.factors.map((f) =>
      line('factors', f.evidence, [
        say('web.product.nth', { part: f.name, n: `(${word('insurance.evidence', f.evidence)})` }),
        f.rows.map((r) => `${word('web.answer', r.key)} ×${r.factor}`).join('；'),
      ]),
    ),
    ...Object.entries(t.ceilings).map(([c, fen]) => line('ceilings', c, [word('registry.place_class', c), yuan(fen)])),
    ...Object.entries(t.splits).map(([c, s]) =>
      line('splits', c, [word('insurance.split_class', c), splitText(s, words)]),
    ),
    line('splits', 'discount', [word('web.product.f', 'discountSplit'), word('web.product.discount', t.discountSplit)]),
  ];
}

function splitText(split: Draft['tariff']['splits'][string], { word }: Words): string {
  const payer = (p: string) => word('insurance.payer', p);
  const rule = word('web.product.split', split.rule);
  switch (split.rule) {
    case 'SINGLE':
      return `${rule}：${payer(split.payer)}`;
    case 'FIXED':
      return `${rule}：${split.parts.map((p) => `${payer(p.payer)} ${yuan(p.amount)}`).join('，')}，${payer(split.rest)}`;
    case 'PRO_RATA':
    case 'BASE_PLUS_OWNER_DELTA':
      return `${rule}：${split.weights.map((w) => `${payer(w.payer)} ${w.weight}`).join(' : ')}`;
  }
}

/** Lines of two versions by their place: what only one says stands beside a dash. */
export function sideBySide(
  one: readonly ProductLine[],
  other: readonly ProductLine[],
): readonly { key: string; part: string; name: string; one: string; other: string; differs: boolean }[] {
  const keys = [...new Set([...one, ...other].map((l) => l.key))];
  return keys.flatMap((key) => {
    const [a, b] = [one.find((l) => l.key === key), other.find((l) => l.key === key)];
    const shown = a ?? b;
    if (!shown) return [];
    const [left, right] = [a?.value ?? '—', b?.value ?? '—'];
    return [{ key, part: shown.part, name: shown.name, one: left, other: right, differs: left !== right }];
  });
}
