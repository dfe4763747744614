import { PARTY_ROLES } from '../../../contract/registry-vocabulary.ts';
import { useSay, useWord } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { useOrgChoice } from '../identity/org-choice.ts';
import type { EditFieldsProps, EditKind } from './edit-form.tsx';

type Given = { role: string; orgId: string; fromOn: string; source: string };

/** Somebody takes a role over; in a role that one holds at a time, who held it before ends the day before. */
export const NEW_PARTY: EditKind<Given> = {
  title: 'web.edit.party',
  first: () => ({ role: '', orgId: '', fromOn: cityDay(today()), source: '' }),
  Fields: PartyFields,
  editOf: ({ role, orgId, ...rest }) => {
    const known = PARTY_ROLES.find((one) => one === role);
    return { parties: known ? [{ role: known, orgId: orgId || null, ...rest }] : [] };
  },
};

function PartyFields({ given, set, faultOf }: EditFieldsProps<Given>) {
  const say = useSay();
  const orgs = useOrgChoice();
  return (
    <>
      <ChoiceField
        label={say('web.elevator.party.role')}
        options={PARTY_ROLES.map((role) => ({ value: role, label: say(`registry.party.${role}`) }))}
        value={given.role}
        onChange={(role) => set({ role })}
        fault={faultOf('parties')}
      />
      <ChoiceField
        label={say('web.elevator.party.org')}
        {...orgs}
        value={given.orgId}
        onChange={(orgId) => set({ orgId })}
        fault={faultOf('parties.0.orgId')}
      />
      <TextField
        type="date"
        label={say('web.elevator.party.from')}
        value={given.fromOn}
        onChange={(fromOn) => set({ fromOn })}
        fault={faultOf('parties.0.fromOn')}
      />
      <TextField
        label={say('web.elevator.fact.source')}
        hint={say('web.edit.source_hint')}
        value={given.source}
        onChange={(source) => set({ source })}
        fault={faultOf('parties.0.source')}
      />
    </>
  );
}

type Ending = { id: string; toOn: string };

/** A role ends, and nobody follows yet. */
export const END_PARTY: EditKind<Ending> = {
  title: 'web.edit.party_end',
  first: () => ({ id: '', toOn: cityDay(today()) }),
  Fields: EndFields,
  editOf: ({ id, toOn }) => ({ endParties: id ? [{ id, toOn }] : [] }),
};

function EndFields({ elevator, given, set, faultOf }: EditFieldsProps<Ending>) {
  const say = useSay();
  const word = useWord();
  const current = elevator.parties.filter(({ toOn }) => toOn === null);
  return (
    <>
      <ChoiceField
        label={say('web.edit.party_which')}
        options={current.map(({ id, role, org }) => ({
          value: id,
          label: `${word('registry.party', role)} · ${org?.name ?? say('web.elevator.party.person')}`,
        }))}
        value={given.id}
        onChange={(id) => set({ id })}
      />
      <TextField
        type="date"
        label={say('web.elevator.party.to')}
        value={given.toOn}
        onChange={(toOn) => set({ toOn })}
        fault={faultOf('endParties.0.toOn')}
      />
    </>
  );
}
