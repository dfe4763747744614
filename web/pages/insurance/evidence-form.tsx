import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { REGULATORS } from '../../../contract/identity-vocabulary.ts';
import type { evidenceMade } from '../../../contract/insurance-evidence.ts';
import { EVIDENCE_ANSWERS, RECORDED_KINDS, type RecordedKind } from '../../../contract/insurance-vocabulary.ts';
import { post, upload } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { cityDay, today } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, FileField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';
import { UnitField } from './unit-field.tsx';

const OWNERS = ['use_unit_head', 'safety_director', 'underwriter'];
const RECORDERS: Readonly<Record<RecordedKind, readonly string[]>> = {
  stars: REGULATORS,
  management_grade: REGULATORS,
  unit_losses: ['underwriter'],
  inspection: ['inspector', ...REGULATORS],
  unit_facts: OWNERS,
  residents_consent: OWNERS,
};
const OF_ELEVATORS: readonly RecordedKind[] = ['inspection', 'residents_consent'];

/** What a role records. The server decides again. */
export const kindsOf = (role: string): readonly RecordedKind[] =>
  RECORDED_KINDS.filter((kind) => RECORDERS[kind].includes(role));

const NOTHING = { key: '', orgId: '', code: '', source: '', document: '', from: cityDay(today()), to: '' };

export function EvidenceForm() {
  const say = useSay();
  const word = useWord();
  const act = useAct();
  const queries = useQueryClient();
  const { role } = useMe();
  const kinds = kindsOf(role);
  const [kind, setKind] = useState<RecordedKind>(kinds[0] ?? 'stars');
  const [given, setGiven] = useState(NOTHING);
  const [file, setFile] = useState<File | null>(null);
  const [made, setMade] = useState<z.infer<typeof evidenceMade> | null>(null);
  const set = (field: keyof typeof NOTHING) => (value: string) => setGiven({ ...given, [field]: value });
  const send = async () => {
    const copy = file ? await upload<{ id: string }>('/files', file) : null;
    const { orgId, to, ...rest } = given;
    const body = { ...rest, kind, orgId: orgId || null, to: to || null, fileId: copy?.id ?? null };
    setMade(await post<z.infer<typeof evidenceMade>>('/insurance/evidence', body));
    setGiven({ ...NOTHING, source: given.source, document: given.document });
    setFile(null);
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Form act={act} submit={say('web.evidence.record')} onSubmit={() => void act.run(send)}>
      <ChoiceField
        label={say('web.evidence.kind')}
        options={kinds.map((value) => ({ value, label: word('insurance.evidence', value) }))}
        value={kind}
        onChange={(value) => setKind(kinds.find((k) => k === value) ?? kind)}
      />
      {OF_ELEVATORS.includes(kind) ? (
        <TextField label={say('web.evidence.elevator')} value={given.code} onChange={set('code')} />
      ) : (
        <UnitField label={say('web.evidence.unit')} value={given.orgId} onChange={set('orgId')} />
      )}
      <ChoiceField
        label={say('web.evidence.answer')}
        options={EVIDENCE_ANSWERS[kind].map((value) => ({ value, label: word('web.answer', value) }))}
        value={given.key}
        onChange={set('key')}
      />
      <TextField
        label={say('web.evidence.source')}
        hint={say('web.evidence.source_hint')}
        value={given.source}
        onChange={set('source')}
      />
      <TextField label={say('web.evidence.document')} value={given.document} onChange={set('document')} />
      <FileField label={say('web.evidence.file')} accept=".pdf,.jpg,.jpeg,.png" file={file} onChange={setFile} />
      <TextField type="date" label={say('web.evidence.from')} value={given.from} onChange={set('from')} />
      <TextField
        type="date"
        label={say('web.evidence.to')}
        hint={say('web.evidence.to_hint')}
        value={given.to}
        onChange={set('to')}
      />
      {made ? <p role="status">{say(made.needsSecond ? 'web.evidence.done_waits' : 'web.evidence.done')}</p> : null}
    </Form>
  );
}
