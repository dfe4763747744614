import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { divisionSchema } from '../../../contract/identity.ts';
import { CRSS } from '../../../contract/registry-vocabulary.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { changed, type EditFieldsProps, type EditKind } from './edit-form.tsx';

type Division = z.infer<typeof divisionSchema>;
const TEXTS = ['estate', 'name', 'road', 'powerFeeder'] as const;
const AREAS = ['districtCode', 'streetCode', 'communityCode'] as const;
type Given = Record<(typeof TEXTS)[number] | (typeof AREAS)[number] | 'lng' | 'lat' | 'crs', string>;

/** Where it stands: words, division, coordinates with the reference system they were taken in. */
export const PLACE: EditKind<Given> = {
  title: 'web.edit.place',
  first: ({ building, powerFeeder }) => ({
    estate: building?.estate ?? '',
    name: building?.name ?? '',
    road: building?.road ?? '',
    powerFeeder: powerFeeder ?? '',
    districtCode: building?.districtCode ?? '',
    streetCode: building?.streetCode ?? '',
    communityCode: building?.communityCode ?? '',
    lng: building?.given ? String(building.given.lng) : '',
    lat: building?.given ? String(building.given.lat) : '',
    crs: building?.given?.crs ?? 'WGS84',
  }),
  Fields: PlaceFields,
  editOf: (given, first) => ({
    building: {
      estate: changed(first.estate, given.estate),
      name: changed(first.name, given.name),
      road: changed(first.road, given.road),
      powerFeeder: given.powerFeeder === first.powerFeeder ? undefined : given.powerFeeder || null,
      ...Object.fromEntries(
        AREAS.filter((area) => given[area] !== first[area]).map((area) => [area, given[area] || null]),
      ),
      given: pointOf(given, first),
    },
  }),
};

/** The point, when it was changed; null when it was taken out. */
function pointOf(given: Given, first: Given) {
  if (given.lng === first.lng && given.lat === first.lat && given.crs === first.crs) return undefined;
  if (given.lng === '' && given.lat === '') return null;
  const crs = CRSS.find((one) => one === given.crs) ?? 'WGS84';
  return { lng: Number(given.lng), lat: Number(given.lat), crs };
}

function PlaceFields({ given, set, faultOf }: EditFieldsProps<Given>) {
  const say = useSay();
  return (
    <>
      {TEXTS.map((name) => (
        <TextField
          key={name}
          label={say(`web.edit.field.${name}`)}
          value={given[name]}
          onChange={(value) => set({ [name]: value })}
          fault={faultOf(`building.${name}`)}
        />
      ))}
      <AreaFields given={given} set={set} />
      <TextField
        type="number"
        label={say('registry.field.lng')}
        value={given.lng}
        onChange={(lng) => set({ lng })}
        fault={faultOf('building.given.lng')}
      />
      <TextField
        type="number"
        label={say('registry.field.lat')}
        value={given.lat}
        onChange={(lat) => set({ lat })}
        fault={faultOf('building.given.lat')}
      />
      <ChoiceField
        label={say('web.edit.field.crs')}
        hint={say('web.edit.crs_hint')}
        options={CRSS.map((crs) => ({ value: crs, label: say(`web.edit.crs.${crs}`) }))}
        value={given.crs}
        onChange={(crs) => set({ crs: crs || 'WGS84' })}
      />
    </>
  );
}

/** District, street, community: each offers what lies in the one before. */
function AreaFields({ given, set }: Pick<EditFieldsProps<Given>, 'given' | 'set'>) {
  const say = useSay();
  const all = useDivisions('');
  const communities = useDivisions(given.streetCode);
  const options = (divisions: readonly Division[]) =>
    divisions.filter(({ validTo }) => validTo === null).map(({ code, name }) => ({ value: code, label: name }));
  return (
    <>
      <ChoiceField
        label={say('registry.field.area')}
        options={options(all.filter(({ level }) => level === 'district'))}
        value={given.districtCode}
        onChange={(districtCode) => set({ districtCode, streetCode: '', communityCode: '' })}
      />
      <ChoiceField
        label={say('registry.field.street')}
        options={options(
          all.filter(({ level, parentCode }) => level === 'street' && parentCode === given.districtCode),
        )}
        value={given.streetCode}
        onChange={(streetCode) => set({ streetCode, communityCode: '' })}
      />
      <ChoiceField
        label={say('registry.field.community')}
        options={given.streetCode === '' ? [] : options(communities)}
        value={given.communityCode}
        onChange={(communityCode) => set({ communityCode })}
      />
    </>
  );
}

function useDivisions(parent: string): readonly Division[] {
  const { data } = useQuery({
    queryKey: ['identity', '/divisions', parent],
    queryFn: ({ signal }) => get<readonly Division[]>('/divisions', { parent }, signal),
    staleTime: 600_000,
  });
  return data ?? [];
}
