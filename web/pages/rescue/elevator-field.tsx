import { useQuery } from '@tanstack/react-query';
import Input from 'antd/es/input/index.js';
import { useDeferredValue, useId, useState } from 'react';
import type { ElevatorLine } from '../../../contract/registry.ts';
import type { SearchHit } from '../../../contract/registry-search.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { Field } from '../../ui/field.tsx';
import { Mark } from '../../ui/mark.tsx';

type Car = Pick<SearchHit, 'id' | 'title' | 'subtitle'>;

const LEAST_LETTERS = 2;
const MOST_IN_PLACE = 60;

/** One elevator, by its code, its address or the name of its estate: what was typed, what is meant, what it could be. */
export type Sought = {
  text: string;
  type: (text: string) => void;
  car: Car | null;
  isSure: boolean; // a code named it; nobody has to choose
  pick: (car: Car) => void;
  cars: readonly Car[];
  isAsking: boolean;
};

/** Six digits that are a code mean that elevator at once; of several found by address the agent chooses. */
export function useSought(first: string): Sought {
  const [text, setText] = useState(first);
  const [picked, setPicked] = useState<Car | null>(null);
  const asked = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ['registry', '/search', asked],
    queryFn: ({ signal }) => get<{ items: readonly SearchHit[] }>('/search', { q: asked }, signal),
    enabled: asked.length >= LEAST_LETTERS,
  });
  const hits = found.data?.items ?? [];
  const direct = hits.filter((hit) => hit.kind === 'elevator');
  const place = direct.length === 0 ? hits.find((hit) => hit.kind === 'place')?.id : undefined;
  const inPlace = useQuery({
    queryKey: ['registry', '/elevators', { place }],
    queryFn: ({ signal }) =>
      get<{ items: readonly ElevatorLine[] }>(
        '/elevators',
        { place: place ?? '', sort: 'address', limit: MOST_IN_PLACE },
        signal,
      ),
    enabled: place !== undefined,
  });
  const coded = direct.find((hit) => hit.code !== null && hit.code === asked.toUpperCase());
  const cars = direct.length > 0 ? direct : place ? (inPlace.data?.items ?? []).map(carOf) : [];
  return {
    text,
    type: (next) => (setText(next), setPicked(null)),
    car: picked ?? coded ?? null,
    isSure: picked === null && coded !== undefined,
    pick: setPicked,
    cars,
    isAsking: asked !== text.trim() || found.isFetching || inPlace.isFetching,
  };
}

const carOf = ({ id, address, rescueCode, registrationCode }: ElevatorLine): Car => ({
  id,
  title: address,
  subtitle: rescueCode ?? registrationCode ?? '',
});

/** The box, and below it the elevator that is meant, or those it could be. */
export function ElevatorField({ sought, isMissing = false }: { sought: Sought; isMissing?: boolean }) {
  const say = useSay();
  return (
    <>
      <Field label={say('rescue.call.code')}>
        {(wiring) => (
          <Input {...wiring} autoComplete="off" value={sought.text} onChange={(e) => sought.type(e.target.value)} />
        )}
      </Field>
      <Found sought={sought} />
      {isMissing && !sought.car ? (
        <p className="field-fault" role="alert">
          {say('rescue.unplaced.choose')}
        </p>
      ) : null}
    </>
  );
}

function Found({ sought: { text, car, isSure, cars, pick, isAsking } }: { sought: Sought }) {
  const say = useSay();
  const group = useId();
  if (text.trim().length < LEAST_LETTERS) return null;
  if (car && isSure)
    return (
      <p className="desk-car" role="status">
        <Mark tone="accent">{car.title}</Mark> <span className="muted">{car.subtitle}</span>
      </p>
    );
  if (cars.length === 0)
    return isAsking ? null : (
      <p className="desk-car" role="status">
        <Mark tone="warn">{say('rescue.call.not_found')}</Mark>
      </p>
    );
  return (
    <fieldset className="desk-cars">
      <legend className="muted">{say('rescue.call.which')}</legend>
      {cars.map((one) => (
        <label key={one.id}>
          <input type="radio" name={group} checked={one.id === car?.id} onChange={() => pick(one)} />
          <span>{one.title}</span>
          <span className="muted nowrap">{one.subtitle}</span>
        </label>
      ))}
    </fieldset>
  );
}
