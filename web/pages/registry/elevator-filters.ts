import { usePlace } from '../../frame/place.ts';
import { type Say, useSay, useWord } from '../../say.ts';
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
  'gap',
  'inspectionBefore',
  'unknownUseUnit',
  'unplaced',
  'industry',
  'uninsured',
  'withGaps',
  'openCase',
  'useOrg',
  'maintenanceOrg',
  'makerOrg',
  'building',
  'place',
  'class',
] as const;

/** Of the pack's place kinds. */
const INDUSTRIES = [
  'housing',
  'education',
  'health',
  'transport',
  'commerce',
  'culture_tourism',
  'city_management',
  'civil_affairs',
];

type Named = (name: string, options?: Filter['options']) => Filter;

/** The same with words and choices; a choice shows how many elevators it would leave. */
export function useElevatorFilters(facets: Facets | undefined): readonly Filter[] {
  const say = useSay();
  const word = useWord();
  const { nameOf, districts } = usePlace();
  const named: Named = (name, options) => ({
    name,
    label: say(`web.elevators.${name}`),
    ...(options ? { options } : {}),
  });
  const counted = (name: keyof Facets['facets'], wordOf: (value: string) => string) =>
    (facets?.facets[name] ?? []).flatMap(({ value, count }) =>
      value === null ? [] : [{ value, label: `${wordOf(value)} ${count.toLocaleString('en-US')}` }],
    );
  const byFacet = (name: 'state' | 'kind' | 'placeClass', prefix: string): Filter => {
    const wordOf = (values: string) =>
      values
        .split(',')
        .map((value) => word(prefix, value))
        .join(say('web.and'));
    return { ...named(name, counted(name, wordOf)), wordOf };
  };
  const byDistrict = counted('district', nameOf);
  const inAll = districts.map(({ code, name }) => ({ value: code, label: name }));
  return [
    { ...named('area', byDistrict.length > 0 ? byDistrict : inAll), wordOf: nameOf },
    byFacet('state', 'registry.state'),
    byFacet('kind', 'registry.kind'),
    byFacet('placeClass', 'registry.place_class'),
    ...limits(named, say),
    {
      ...named(
        'industry',
        INDUSTRIES.map((one) => ({ value: one, label: word('registry.industry', one) })),
      ),
      wordOf: (one) => word('registry.industry', one),
    },
    { ...named('gap'), wordOf: (code: string) => say(code) },
    ...FROM_ELSEWHERE.map((name) => ({
      ...named(name),
      wordOf: (value: string) => (value.length > 30 ? say('web.elevators.chosen') : value),
    })),
  ];
}

/** Filters that only links set: they hold ids. */
const FROM_ELSEWHERE = ['inspectionBefore', 'useOrg', 'maintenanceOrg', 'makerOrg', 'building', 'place', 'class'];

function limits(named: Named, say: Say): readonly Filter[] {
  const yes = [{ value: 'true', label: say('web.list.yes') }];
  const years = [5, 10, 15, 20].map((n) => ({ value: String(n), label: say('web.elevators.years', { n }) }));
  const points = [40, 60, 80].map((n) => ({ value: String(n), label: `≤ ${n}` }));
  return [
    named('minAgeYears', years),
    named('maxQuality', points),
    named('unknownUseUnit', yes),
    named('unplaced', yes),
    named('uninsured', yes),
    named('withGaps', yes),
    named('openCase', yes),
  ];
}
