import { usePlace } from '../../frame/place.ts';
import { useSay, useWord } from '../../say.ts';
import type { Filter } from '../../ui/list/filters.tsx';
import type { Facets } from './elevators.tsx';

/** The filters of the elevator list, as its route names them. */
export const FILTER_NAMES = [
  'q',
  'area',
  'state',
  'kind',
  'placeClass',
  'minAgeYears',
  'maxQuality',
  'inspectionBefore',
  'unknownUseUnit',
  'unplaced',
  'useOrg',
  'maintenanceOrg',
  'makerOrg',
  'building',
  'place',
  'class',
] as const;

/** The same with words and choices; a choice shows how many elevators it would leave. */
export function useElevatorFilters(facets: Facets | undefined): readonly Filter[] {
  const say = useSay();
  const word = useWord();
  const { nameOf, districts } = usePlace();
  const counted = (name: keyof Facets['facets'], wordOf: (value: string) => string) =>
    (facets?.facets[name] ?? []).flatMap(({ value, count }) =>
      value === null ? [] : [{ value, label: `${wordOf(value)} ${count.toLocaleString('en-US')}` }],
    );
  const named = (name: string, options?: Filter['options']): Filter => ({
    name,
    label: say(`web.elevators.${name}`),
    ...(options ? { options } : {}),
  });
  const yes = [{ value: 'true', label: say('web.list.yes') }];
  const byDistrict = counted('district', nameOf);
  return [
    {
      ...named(
        'area',
        byDistrict.length > 0 ? byDistrict : districts.map(({ code, name }) => ({ value: code, label: name })),
      ),
      wordOf: nameOf,
    },
    {
      ...named(
        'state',
        counted('state', (v) => word('registry.state', v)),
      ),
      wordOf: (v) => word('registry.state', v),
    },
    {
      ...named(
        'kind',
        counted('kind', (v) => word('registry.kind', v)),
      ),
      wordOf: (v) => word('registry.kind', v),
    },
    {
      ...named(
        'placeClass',
        counted('placeClass', (v) => word('registry.place_class', v)),
      ),
      wordOf: (v) => word('registry.place_class', v),
    },
    named(
      'minAgeYears',
      [5, 10, 15, 20].map((years) => ({ value: String(years), label: say('web.elevators.years', { n: years }) })),
    ),
    named(
      'maxQuality',
      [40, 60, 80].map((points) => ({ value: String(points), label: `≤ ${points}` })),
    ),
    named('unknownUseUnit', yes),
    named('unplaced', yes),
    ...['inspectionBefore', 'useOrg', 'maintenanceOrg', 'makerOrg', 'building', 'place', 'class'].map((name) => ({
      ...named(name),
      wordOf: (value: string) => (value.length > 30 ? say('web.elevators.chosen') : value),
    })),
  ];
}
