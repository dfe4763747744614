import { IDENTIFIER_TYPES } from '../../../contract/registry-vocabulary.ts';
import { useSay, useWord } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import type { EditFieldsProps, EditKind } from './edit-form.tsx';

type Given = { type: string; value: string; issuer: string; validFrom: string };

/** A code that the elevator has, too. What looks wrong about it is kept as a remark. */
export const NEW_IDENTIFIER: EditKind<Given> = {
  title: 'web.edit.identifier',
  first: () => ({ type: '', value: '', issuer: '', validFrom: cityDay(today()) }),
  Fields: IdentifierFields,
  editOf: ({ type, value, issuer, validFrom }) => {
    const known = IDENTIFIER_TYPES.find((one) => one === type);
    return { addIdentifiers: known ? [{ type: known, value, issuer, validFrom: validFrom || null }] : [] };
  },
};

function IdentifierFields({ given, set, faultOf }: EditFieldsProps<Given>) {
  const say = useSay();
  const needsIssuer = given.type === 'maker_number' || given.type === 'source_key';
  return (
    <>
      <ChoiceField
        label={say('web.elevator.identifier.type')}
        options={IDENTIFIER_TYPES.map((type) => ({ value: type, label: say(`registry.identifier.${type}`) }))}
        value={given.type}
        onChange={(type) => set({ type })}
        fault={faultOf('addIdentifiers')}
      />
      <TextField
        label={say('web.elevator.identifier.value')}
        value={given.value}
        onChange={(value) => set({ value })}
        fault={faultOf('addIdentifiers.0.value')}
      />
      {needsIssuer ? (
        <TextField
          label={say('web.elevator.identifier.issuer')}
          hint={say('web.edit.issuer_hint')}
          value={given.issuer}
          onChange={(issuer) => set({ issuer })}
          fault={faultOf('addIdentifiers.0.issuer')}
        />
      ) : null}
      <TextField
        type="date"
        label={say('web.elevator.party.from')}
        value={given.validFrom}
        onChange={(validFrom) => set({ validFrom })}
        fault={faultOf('addIdentifiers.0.validFrom')}
      />
    </>
  );
}

type Ending = { key: string; on: string };

/** A code is no longer in force. It still leads to the file. */
export const END_IDENTIFIER: EditKind<Ending> = {
  title: 'web.edit.identifier_end',
  first: () => ({ key: '', on: cityDay(today()) }),
  Fields: EndFields,
  editOf: ({ key, on }) => {
    const [type = '', ...value] = key.split(' ');
    const known = IDENTIFIER_TYPES.find((one) => one === type);
    return { endIdentifiers: known ? [{ type: known, value: value.join(' '), on }] : [] };
  },
};

function EndFields({ elevator, given, set, faultOf }: EditFieldsProps<Ending>) {
  const say = useSay();
  const word = useWord();
  const current = elevator.identifiers.filter(({ validTo }) => validTo === null);
  return (
    <>
      <ChoiceField
        label={say('web.edit.identifier_which')}
        options={current.map(({ type, value }) => ({
          value: `${type} ${value}`,
          label: `${word('registry.identifier', type)} · ${value}`,
        }))}
        value={given.key}
        onChange={(key) => set({ key })}
      />
      <TextField
        type="date"
        label={say('web.elevator.party.to')}
        value={given.on}
        onChange={(on) => set({ on })}
        fault={faultOf('endIdentifiers.0.on')}
      />
    </>
  );
}
