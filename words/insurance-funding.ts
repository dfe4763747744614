/** Words of the money that pays a cover, part by part. */
export const insuranceFundingWords = {
  'insurance.funding_forbidden': {
    zh: '电梯 {elevator}：备案产品的「{coverage}」不能用{source}缴费，请换用产品列明的资金来源',
    en: 'Elevator {elevator}: the filed product lets "{coverage}" not be paid from {source}; choose a source it lists',
  },
  'insurance.funding_repair_only': {
    zh: '电梯 {elevator}：{source}只能用于维修、更新类保障，不能支付「{coverage}」（维修资金使用规定）',
    en: 'Elevator {elevator}: {source} may pay for repair and renewal only, not for "{coverage}" (rules of the repair fund)',
  },
  'insurance.funding_developer': {
    zh: '电梯 {elevator}：{source}出资只限拆迁安置房、保障性住房，「{coverage}」请改用其他来源，或先在电梯档案登记房屋性质',
    en: 'Elevator {elevator}: {source} pays for resettlement and affordable housing only; choose another source for "{coverage}", or record what the building is on the file first',
  },
  'insurance.funding_public_twice': {
    zh: '电梯 {elevator}：该台保费已享受财政补贴，「{coverage}」其余部分不能再用{source}（财政资金建设或财政保障的单位除外）',
    en: 'Elevator {elevator}: the public purse pays a part already; the rest of "{coverage}" may not come from {source}, unless the unit is publicly funded',
  },
  'insurance.funding_not_whole': {
    zh: '电梯 {elevator}：「{coverage}」的资金来源合计须为 100 %',
    en: 'Elevator {elevator}: the funding of "{coverage}" must make 100 %',
  },
  'insurance.funding_missing': {
    zh: '电梯 {elevator}：「{coverage}」没有资金来源',
    en: 'Elevator {elevator}: no money is named for "{coverage}"',
  },
  'insurance.funding_no_part_premium': {
    zh: '电梯 {elevator}：产品没有备案分项保费，各分项须用相同的资金来源；要分项使用专项资金，请选择有分项保费的产品',
    en: 'Elevator {elevator}: the product files no premium by part, so every part is paid from the same money; for special funds choose a product that does',
  },
  'insurance.fault.part_premium_not_whole': {
    zh: '各项保障占保费比例须每项都填，合计 100 %，或都不填',
    en: 'Premiums by part are named for every part and make 100 %, or for none',
  },
  'insurance.source.subsidy': { zh: '财政补贴', en: 'Subsidy' },
  'packs.fact.insurance.schemes.products.coverages.premiumBp': { zh: '分项保费占比', en: 'Part of the premium' },
  'web.funding.title': { zh: '资金来源', en: 'Where the money comes from' },
  'web.funding.what': {
    zh: '按保障分项填写各来源占比（%），不填为自有资金；投保时按规则核对',
    en: 'Shares by part of the cover in percent; empty means own money. Checked when the quote is taken',
  },
  'web.funding.coverage': { zh: '保障分项', en: 'Part of the cover' },
  'web.funding.whole': { zh: '整份保费', en: 'The whole premium' },
  'web.funding.source': { zh: '来源', en: 'Source' },
  'web.funding.amount': { zh: '金额', en: 'Amount' },
  'web.funding.not_allowed': { zh: '备案产品不允许', en: 'Not allowed by the filed product' },
  'web.funding.save': { zh: '保存资金来源', en: 'Save' },
  'web.funding.saved': { zh: '已保存，适用于 {n} 台电梯', en: 'Saved for {n} elevators' },
  'web.funding.differing': { zh: '{n} 台电梯的来源与此不同', en: '{n} elevators have other money' },
  'web.funding.fault': { zh: '请填写 0 到 100 的数', en: 'A number from 0 to 100' },
} as const;
