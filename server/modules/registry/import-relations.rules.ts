import { type CellFault, cellFault, cleanText, type Read, readText } from '../../kernel/cells.ts';
import type { OrgId, PersonId } from '../../kernel/ids.ts';
import type { ImportField } from '../../kernel/import-kind.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { addDays, type Day } from '../../kernel/time.ts';
import type { EditedParty } from './edit.rules.ts';
import { ELEVATOR_FIELDS } from './import-fields.rules.ts';
import { isSingleRole, type PartyRole } from './vocabulary.rules.ts';

const ROLE_WORDS: readonly (readonly [RegExp, PartyRole])[] = [
  [/安全总监|safety.?director/, 'safety_director'],
  [/安全员|安全管理员|safety.?officer/, 'safety_officer'],
  [/维保|维护保养|maintenance/, 'maintenance'],
  [/使用(单位|管理)|use.?unit/, 'use_unit'],
  [/物业|property/, 'property'],
  [/产权|业主|owner/, 'owner'],
  [/制造|生产|maker/, 'maker'],
  [/安装|改造|install/, 'installer'],
  [/销售|经营|seller/, 'seller'],
  [/建设|开发|construction/, 'construction'],
  [/检验|检测|inspection/, 'inspection'],
  [/保险|insur/, 'insurer'],
];

/** A role as registers write it, or its own code. */
export function readRole(cell: string): Result<Read, CellFault> {
  const text = cleanText(cell).normalize('NFKC').toLowerCase();
  const found = ROLE_WORDS.find(([words, role]) => role === text || words.test(text));
  return found ? accept(found[1]) : cellFault('registry.cell_role');
}

const f = (name: string, cell: ImportField['cell'], ...synonyms: string[]): ImportField => ({ name, cell, synonyms });
const CODES = [
  'registrationCode',
  'useRegistration',
  'deviceCode',
  'makerNumber',
  'makerUscc',
  'rescueCode',
  'sourceKey',
];

/** Who answers for which elevator from when to when: the codes of the elevator, the role, the holder, the days. */
export const RELATION_FIELDS: readonly ImportField[] = [
  ...ELEVATOR_FIELDS.filter((field) => CODES.includes(field.name)),
  f('role', readRole, '关系', '关系类型', '角色', '责任类型', '单位角色', 'role'),
  f('org', readText, '单位名称', '单位', '责任单位', '所属单位', '统一社会信用代码', 'org'),
  { ...f('personName', readText, '姓名', '人员姓名', '责任人', 'person_name'), personal: true },
  { ...f('phone', 'text', '手机号码', '手机', '联系电话', 'phone'), personal: true },
  f('fromOn', 'day', '开始日期', '起始日期', '起', '自', '生效日期', '合同开始日期', 'from_on', 'from'),
  f('toOn', 'day', '结束日期', '终止日期', '止', '至', '失效日期', '合同结束日期', '到期日期', 'to_on', 'to'),
];

export type Relation = {
  role: PartyRole;
  orgId: OrgId | null;
  personId: PersonId | null;
  fromOn: Day;
  toOn: Day | null; // null: it still holds
  source: string;
};

export type RelationRefusal =
  | { code: 'registry.cell_relation_reversed' }
  | { code: 'registry.cell_relation_overlap'; from: string; to: string };

const isSameHolder = (a: EditedParty, b: Relation): boolean =>
  a.role === b.role && a.orgId === b.orgId && a.personId === b.personId;
const overlaps = (a: EditedParty, b: Relation): boolean =>
  (a.toOn === null || a.toOn >= b.fromOn) && (b.toOn === null || b.toOn >= a.fromOn);

/**
 * Parties with one more relation among them; the same list when it was known. A relation with an end belongs to the
 * past and moves nobody. One that still holds follows whoever held the role, who ends the day before; in a role that
 * one holds at a time, two may not overlap.
 */
export function withRelation(
  parties: readonly EditedParty[],
  relation: Relation,
): Result<readonly EditedParty[], RelationRefusal> {
  if (relation.toOn !== null && relation.toOn < relation.fromOn)
    return refuse({ code: 'registry.cell_relation_reversed' });
  const known = parties.find((p) => isSameHolder(p, relation) && p.fromOn === relation.fromOn);
  if (known) return endOf(parties, known, relation);
  const held = parties.find((p) => isSameHolder(p, relation) && p.toOn === null);
  // Who holds a role already holds it, whatever day a list remembers as the first.
  if (held && relation.toOn === null) return accept(parties);
  const follows = (p: EditedParty) =>
    isSingleRole(relation.role) &&
    relation.toOn === null &&
    p.role === relation.role &&
    p.toOn === null &&
    p.fromOn < relation.fromOn;
  const others = parties.map((p) => (follows(p) ? { ...p, toOn: addDays(relation.fromOn, -1) } : p));
  const clash = clashIn(others, relation);
  if (clash) return clash;
  return accept([...others, relation]);
}

/** In a role that one holds at a time: whose days the relation would share. */
function clashIn(others: readonly EditedParty[], relation: Relation): Result<never, RelationRefusal> | undefined {
  if (!isSingleRole(relation.role)) return undefined;
  const clash = others.find((p) => p.role === relation.role && overlaps(p, relation));
  return clash && refuse({ code: 'registry.cell_relation_overlap', from: clash.fromOn, to: clash.toOn ?? '' });
}

/**
 * A relation that is known, with the end that the list says; what already has that end, or has none to be told, stays. An
 * end that reaches into a successor's days is refused.
 */
function endOf(
  parties: readonly EditedParty[],
  known: EditedParty,
  relation: Relation,
): Result<readonly EditedParty[], RelationRefusal> {
  const { toOn } = relation;
  if (toOn === null || known.toOn === toOn) return accept(parties);
  const clash = clashIn(
    parties.filter((p) => p !== known),
    relation,
  );
  return clash ?? accept(parties.map((p) => (p === known ? { ...p, toOn } : p)));
}
