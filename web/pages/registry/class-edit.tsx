import { CLASS_FIELDS } from '../../../contract/registry-vocabulary.ts';
import { wordCodes } from '../../../words/index.ts';
import { useSay } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import type { EditFieldsProps, EditKind } from './edit-form.tsx';

type Given = { field: string; value: string; source: string; asOfOn: string };

/** How the notices count it: place class, residents served, machine room, marks. One at a time, with its source. */
export const CLASSES: EditKind<Given> = {
  title: 'web.edit.class',
  first: () => ({ field: '', value: '', source: '', asOfOn: cityDay(today()) }),
  Fields: ClassFields,
  editOf: ({ field, ...fact }) => {
    const known = CLASS_FIELDS.find((one) => one === field);
    return { classes: known ? [{ field: known, ...fact }] : [] };
  },
};

function ClassFields({ elevator, given, set, faultOf }: EditFieldsProps<Given>) {
  const say = useSay();
  const values = valuesOf(given.field);
  return (
    <>
      <ChoiceField
        label={say('web.edit.class.field')}
        options={CLASS_FIELDS.map((field) => ({ value: field, label: say(`registry.class.${field}`) }))}
        value={given.field}
        onChange={(field) => set({ field, value: elevator.classes.find((one) => one.field === field)?.value ?? '' })}
        fault={faultOf('classes')}
      />
      {values.length > 0 ? (
        <ChoiceField
          label={say('web.edit.class.value')}
          options={values.map(({ value, code }) => ({ value, label: say(code) }))}
          value={given.value}
          onChange={(value) => set({ value })}
          fault={faultOf('classes.0.value')}
        />
      ) : (
        <TextField
          label={say('web.edit.class.value')}
          type={given.field === 'residents_served' ? 'number' : 'text'}
          value={given.value}
          onChange={(value) => set({ value })}
          fault={faultOf('classes.0.value')}
        />
      )}
      <TextField
        label={say('web.elevator.fact.source')}
        hint={say('web.edit.source_hint')}
        value={given.source}
        onChange={(source) => set({ source })}
        fault={faultOf('classes.0.source')}
      />
      <TextField
        type="date"
        label={say('web.edit.class.as_of')}
        value={given.asOfOn}
        onChange={(asOfOn) => set({ asOfOn })}
        fault={faultOf('classes.0.asOfOn')}
      />
    </>
  );
}

/** The values of a class that have a name; none for a free one such as a number of people. */
function valuesOf(field: string): { value: string; code: string }[] {
  if (field === '') return [];
  const prefix = field === 'place_class' ? 'registry.place_class.' : `registry.class.${field}.`;
  return wordCodes()
    .filter((code) => code.startsWith(prefix))
    .map((code) => ({ value: code.slice(prefix.length), code }));
}
