import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { apiUrl, upload } from '../api.ts';
import { useSay } from '../say.ts';
import { Form } from './form.tsx';
import { FileField } from './inputs.tsx';
import { useAct } from './use-act.ts';

/** What every answer to a table says: whether it was only looked at, and how many rows are good. */
type Answer = { dry: boolean; taken: number };
type Props<D extends Answer> = {
  words: { what: string; template: string; look: string; send: string };
  template: string; // path of the table to fill in
  to: (dry: '0' | '1') => string; // path it is sent to
  area: string; // whose lists are read again afterwards
  outcome: (done: D) => ReactNode;
  children?: ReactNode; // fields that go with the table
};

/** A table sent twice: for a look first, then in earnest. Another file begins anew. */
export function TableUpload<D extends Answer>({ words, template, to, area, outcome, children }: Props<D>) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [done, setDone] = useState<D | null>(null);
  const isSeen = done?.dry === true && done.taken > 0;
  const send = async (dry: boolean) => {
    if (!file) return;
    setDone(await upload<D>(to(dry ? '1' : '0'), file));
    if (!dry) await queries.invalidateQueries({ queryKey: [area] });
  };
  return (
    <>
      <Form act={act} submit={isSeen ? words.send : words.look} onSubmit={() => void act.run(() => send(!isSeen))}>
        <p className="muted">{words.what}</p>
        <p>
          <a href={apiUrl(template)}>{words.template}</a>
        </p>
        {children}
        <FileField
          label={say('web.roster.file')}
          accept=".xlsx,.csv"
          file={file}
          onChange={(chosen) => {
            setFile(chosen);
            setDone(null);
          }}
        />
      </Form>
      {done ? outcome(done) : null}
    </>
  );
}
