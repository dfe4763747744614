import { useMemo } from 'react';
import type { ElevatorFileView } from '../../../contract/registry.ts';
import { useSay, useWord } from '../../say.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Empty } from '../../ui/states.tsx';
import { Day } from '../../ui/when.tsx';
import { FileChange } from './edit-form.tsx';
import { END_IDENTIFIER, NEW_IDENTIFIER } from './identifier-edit.tsx';
import { END_PARTY, NEW_PARTY } from './party-edit.tsx';

type Props = { elevator: ElevatorFileView };

/** Who answers for the elevator, and who did: each with from and to. */
export function PartiesTab({ elevator }: Props) {
  const say = useSay();
  const rows = useMemo(
    () =>
      [...elevator.parties].sort(
        (a, b) => Number(a.toOn !== null) - Number(b.toOn !== null) || b.fromOn.localeCompare(a.fromOn),
      ),
    [elevator.parties],
  );
  return (
    <>
      {rows.length === 0 ? (
        <Empty title={say('web.elevator.no_parties')} hint={say('web.elevator.no_parties_hint')} />
      ) : (
        <PartyTable rows={rows} />
      )}
      <div className="edits" key={elevator.version}>
        <FileChange elevator={elevator} kind={NEW_PARTY} />
        {rows.some(({ toOn }) => toOn === null) ? <FileChange elevator={elevator} kind={END_PARTY} /> : null}
      </div>
    </>
  );
}

function PartyTable({ rows }: { rows: ElevatorFileView['parties'] }) {
  const say = useSay();
  const word = useWord();
  return (
    <DataTable
      short
      label={say('web.elevator.tab.parties')}
      rows={rows}
      rowId={(row) => row.id}
      columns={[
        { key: 'role', title: say('web.elevator.party.role'), cell: (row) => word('registry.party', row.role) },
        {
          key: 'org',
          title: say('web.elevator.party.org'),
          cell: (row) => row.org?.name ?? say('web.elevator.party.person'),
        },
        { key: 'from', title: say('web.elevator.party.from'), cell: (row) => <Day on={row.fromOn} /> },
        {
          key: 'to',
          title: say('web.elevator.party.to'),
          cell: (row) => (row.toOn ? <Day on={row.toOn} /> : <Mark tone="good">{say('web.elevator.party.now')}</Mark>),
        },
        { key: 'source', title: say('web.elevator.fact.source'), cell: (row) => row.source },
      ]}
    />
  );
}

/** Every code the elevator has or had, with its issuer and how long it was in force. */
export function IdentifiersTab({ elevator }: Props) {
  const say = useSay();
  return (
    <>
      {elevator.identifiers.length === 0 ? (
        <Empty title={say('web.elevator.no_identifiers')} hint={say('web.elevator.no_identifiers_hint')} />
      ) : (
        <IdentifierTable rows={elevator.identifiers} />
      )}
      <div className="edits" key={elevator.version}>
        <FileChange elevator={elevator} kind={NEW_IDENTIFIER} />
        {elevator.identifiers.some(({ validTo }) => validTo === null) ? (
          <FileChange elevator={elevator} kind={END_IDENTIFIER} />
        ) : null}
      </div>
    </>
  );
}

function IdentifierTable({ rows }: { rows: ElevatorFileView['identifiers'] }) {
  const say = useSay();
  const word = useWord();
  return (
    <DataTable
      short
      label={say('web.elevator.tab.identifiers')}
      rows={rows}
      rowId={(row) => `${row.type} ${row.value} ${row.validFrom}`}
      columns={[
        {
          key: 'type',
          title: say('web.elevator.identifier.type'),
          cell: (row) => word('registry.identifier', row.type),
        },
        {
          key: 'value',
          title: say('web.elevator.identifier.value'),
          cell: (row) => <Copyable text={row.value} label="" />,
        },
        { key: 'issuer', title: say('web.elevator.identifier.issuer'), cell: (row) => row.issuer },
        { key: 'from', title: say('web.elevator.party.from'), cell: (row) => <Day on={row.validFrom} /> },
        {
          key: 'to',
          title: say('web.elevator.party.to'),
          cell: (row) =>
            row.validTo ? <Day on={row.validTo} /> : <Mark tone="good">{say('web.elevator.identifier.in_force')}</Mark>,
        },
        {
          key: 'warnings',
          title: say('web.elevator.identifier.warnings'),
          cell: (row) =>
            row.warnings.map((code) => (
              <Mark key={code} tone="warn">
                {say(code)}
              </Mark>
            )),
        },
      ]}
    />
  );
}
