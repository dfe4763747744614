import { useMemo } from 'react';
import type { ElevatorLine } from '../../../contract/registry.ts';
import { usePlace } from '../../frame/place.ts';
import { useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { Day, Due, When } from '../../ui/when.tsx';

/** How a life-cycle state looks: in use is proven good, stopped and sealed ask for attention, the rest is plain. */
export const toneOfState = (state: ElevatorLine['state']): Tone =>
  state === 'in_use' ? 'good' : state === 'stopped' || state === 'sealed' ? 'warn' : 'unknown';

/** The columns of the elevator list. */
export function useElevatorColumns(): readonly Column<ElevatorLine>[] {
  const say = useSay();
  const word = useWord();
  const { nameOf } = usePlace();
  return useMemo(() => {
    const titled = (key: string, column: Omit<Column<ElevatorLine>, 'key' | 'title'>): Column<ElevatorLine> => ({
      key,
      title: say(`web.elevators.column.${key}`),
      ...column,
    });
    return [
      titled('rescue_code', { cell: (row) => <Code text={row.rescueCode} />, sortable: true }),
      titled('address', { cell: (row) => <span title={row.address}>{row.address}</span>, sortable: true, wide: true }),
      titled('state', {
        cell: (row) => <Mark tone={toneOfState(row.state)}>{word('registry.state', row.state)}</Mark>,
      }),
      titled('kind', { cell: (row) => word('registry.kind', row.kind), offered: true }),
      titled('place_class', {
        cell: (row) => (row.placeClass ? word('registry.place_class', row.placeClass) : <None />),
      }),
      titled('district', { cell: (row) => nameOf(row.districtCode) || <None />, offered: true }),
      titled('street', { cell: (row) => nameOf(row.streetCode) || <None />, offered: true }),
      titled('use_unit', {
        cell: (row) => row.useUnit?.name ?? <Mark tone="warn">{say('web.elevators.no_use_unit')}</Mark>,
      }),
      titled('maintenance', { cell: (row) => row.maintenance?.name ?? <None /> }),
      titled('next_inspection', { cell: (row) => <Due on={row.nextInspectionOn} />, sortable: true }),
      titled('quality', { cell: (row) => row.quality, numeric: true, sortable: true }),
      titled('registration_code', {
        cell: (row) => <Code text={row.registrationCode} />,
        sortable: true,
        offered: true,
      }),
      titled('variety', { cell: (row) => word('registry.variety', row.variety), offered: true }),
      titled('in_use_on', { cell: (row) => <Day on={row.inUseOn} />, sortable: true, offered: true }),
      titled('changed', { cell: (row) => <When at={row.changedAt} />, sortable: true, offered: true }),
    ];
  }, [say, word, nameOf]);
}

const None = () => <span className="muted">—</span>;
const Code = ({ text }: { text: string | null }) => (text ? <code>{text}</code> : <None />);
