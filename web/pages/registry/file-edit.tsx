import { useSay } from '../../say.ts';
import { TextField } from '../../ui/inputs.tsx';
import type { EditFieldsProps, EditKind } from './edit-form.tsx';

const TEXTS = ['brand', 'model', 'unit', 'inHouseNo'] as const;
const DAYS = ['madeOn', 'installedOn', 'inUseOn', 'nextInspectionOn'] as const;
const NUMBERS = ['speedMmPerS', 'loadKg', 'bottomFloor', 'topFloor', 'stops'] as const;
const NAMES = [...TEXTS, ...DAYS, ...NUMBERS] as const;
type Given = Record<(typeof NAMES)[number], string>;

const typeOf = (name: string): 'text' | 'date' | 'number' =>
  DAYS.some((one) => one === name) ? 'date' : NUMBERS.some((one) => one === name) ? 'number' : 'text';

/** What the elevator is by itself. */
export const TECHNICAL: EditKind<Given> = {
  title: 'web.edit.do',
  first: (elevator) => {
    const text = (name: keyof Given) => String(elevator[name] ?? '');
    return Object.fromEntries(NAMES.map((name) => [name, text(name)])) as Given;
  },
  Fields: TechnicalFields,
  editOf: (given, first) => ({ technical: changesOf(first, given) }),
};

function TechnicalFields({ given, set, faultOf }: EditFieldsProps<Given>) {
  const say = useSay();
  return NAMES.map((name) => (
    <TextField
      key={name}
      type={typeOf(name)}
      label={say(`web.edit.field.${name}`)}
      value={given[name]}
      onChange={(value) => set({ [name]: value })}
      fault={faultOf(`technical.${name}`)}
    />
  ));
}

/** Only what was changed. An emptied day or number means that it is not known. */
export function changesOf(first: Given, given: Given): Readonly<Record<string, string | number | null>> {
  const written = (name: string, value: string) =>
    typeOf(name) === 'text' ? value : value === '' ? null : typeOf(name) === 'number' ? Number(value) : value;
  const names = NAMES.filter((name) => given[name] !== first[name]);
  return Object.fromEntries(names.map((name) => [name, written(name, given[name])]));
}
