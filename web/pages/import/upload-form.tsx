import { useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { importPrepared } from '../../../contract/registry-imports.ts';
import { apiUrl, queryText, upload } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, FileField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';

type Prepared = z.infer<typeof importPrepared>;
/** As the server reads them, in the order in which one list builds on another. */
const KINDS = ['orgs', 'people', 'elevators', 'relations', 'stations', 'roster'] as const;

/** Choose the table and say where it comes from; the same source remembers how its columns were read. */
export function UploadForm() {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [isLacking, setLacking] = useState(false);
  const [given, setGiven] = useState({ kind: 'elevators', source: '' });
  const send = async () => {
    setLacking(file === null);
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
        <Field label={say('web.import.template')} hint={say('web.import.template_hint')}>
          {(wiring) => (
            <Button {...wiring} href={apiUrl(`/imports/template?kind=${given.kind}`)} download>
              {say('web.import.template_take')}
            </Button>
          )}
        </Field>
        <TextField
          label={say('web.import.source')}
          hint={say('web.import.source_hint')}
          value={given.source}
          onChange={(source) => setGiven({ ...given, source })}
        />
        <FileField
          label={say('web.import.file')}
          hint={say('web.import.file_hint')}
          accept=".csv,.xlsx,.txt,.tsv"
          file={file}
          onChange={setFile}
          fault={isLacking && !file ? { field: 'file', value: '', message: say('web.import.no_file') } : undefined}
        />
      </div>
    </Form>
  );
}
