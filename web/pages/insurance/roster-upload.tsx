import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { productList } from '../../../contract/insurance.ts';
import type { rosterDone, rosterParts } from '../../../contract/insurance-intake.ts';
import { apiUrl, get, queryText } from '../../api.ts';
import { useSay } from '../../say.ts';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { TableUpload } from '../../ui/table-upload.tsx';
import { BindRoster } from './bind-roster.tsx';
import { tomorrow } from './insure.tsx';
import { RosterOutcome } from './roster-outcome.tsx';

type Done = z.infer<typeof rosterDone>;

/** A roster by table: take the template, send it for a look, then in earnest. Every bad row is named with its line. */
export function RosterUpload() {
  const say = useSay();
  const products = useQuery({
    queryKey: ['insurance', '/insurance/products'],
    queryFn: ({ signal }) => get<z.infer<typeof productList>>('/insurance/products', undefined, signal),
  });
  const [given, setGiven] = useState({ productId: '', from: tomorrow() });
  const sold = (products.data?.items ?? []).filter((p) => p.filingNo !== '');
  const productId = given.productId || (sold.length === 1 ? (sold[0]?.id ?? '') : '');
  return (
    <TableUpload<Done>
      words={{
        what: say('web.roster.what'),
        template: say('web.roster.template'),
        look: say('web.roster.look'),
        send: say('web.roster.send'),
      }}
      template="/insurance/rosters/template.xlsx"
      to={(dry) => `/insurance/rosters${queryText({ ...given, productId, dry })}`}
      area="insurance"
      outcome={(done) => (
        <>
          <RosterOutcome done={done}>{done.dry ? null : <BindRoster done={done} />}</RosterOutcome>
        </>
      )}
    >
      <Parts />
      {sold.length > 1 ? (
        <ChoiceField
          label={say('web.policy.product')}
          options={sold.map((p) => ({ value: p.id, label: `${p.scheme} · ${p.name}` }))}
          value={given.productId}
          onChange={(value) => setGiven({ ...given, productId: value })}
        />
      ) : null}
      <TextField
        type="date"
        label={say('web.insure.from')}
        value={given.from}
        onChange={(from) => setGiven({ ...given, from })}
      />
    </TableUpload>
  );
}

/** Who has more elevators than one roster holds takes the templates part by part. */
function Parts() {
  const say = useSay();
  const path = '/insurance/rosters/parts';
  const read = useQuery({
    queryKey: ['insurance', path],
    queryFn: ({ signal }) => get<z.infer<typeof rosterParts>>(path, undefined, signal),
  });
  if (!read.data || read.data.parts === 1) return null;
  const { elevators, most, parts } = read.data;
  const figure = (n: number) => n.toLocaleString('en-US');
  return (
    <p className="muted">
      {say('web.roster.parts', { n: figure(elevators), most: figure(most), parts })}{' '}
      {Array.from({ length: parts }, (_, i) => i + 1).map((part) => (
        <span key={part}>
          <a href={apiUrl(`/insurance/rosters/template.xlsx?part=${part}`)}>{say('web.roster.part', { part })}</a>{' '}
        </span>
      ))}
    </p>
  );
}
