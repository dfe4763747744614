import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { importPrepared } from '../../../contract/registry.ts';
import { queryText, upload } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';

type Prepared = z.infer<typeof importPrepared>;
const KINDS = ['elevators'] as const; // as the server reads them; more lists appear here when it does

/** Choose the table and say where it comes from; the same source remembers how its columns were read. */
export function UploadForm() {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [given, setGiven] = useState({ kind: 'elevators', source: '' });
  const send = async () => {
    if (!file) return;
    const run = await upload<Prepared>(`/imports${queryText(given)}`, file);
    queries.setQueryData(['import-sample', run.id], run.sample);
    await navigate(paths.importRun(run.id));
  };
  return (
    <Form act={act} submit={say('web.import.next')} onSubmit={() => void act.run(send)}>
      <div className="facts">
        <ChoiceField
          label={say('web.import.kind')}
          options={KINDS.map((kind) => ({ value: kind, label: say(`registry.import_kind.${kind}`) }))}
          value={given.kind}
          onChange={(kind) => setGiven({ ...given, kind })}
        />
        <TextField
          label={say('web.import.source')}
          hint={say('web.import.source_hint')}
          value={given.source}
          onChange={(source) => setGiven({ ...given, source })}
        />
        <Field label={say('web.import.file')} hint={say('web.import.file_hint')}>
          {(wiring) => (
            <input
              {...wiring}
              type="file"
              accept=".csv,.xlsx,.txt,.tsv"
              onChange={(event) => setFile(event.target.files?.[0] ?? null)}
            />
          )}
        </Field>
      </div>
    </Form>
  );
}
