import type { Present } from '../../../contract/telemetry.ts';
import { useSay, useWord } from '../../say.ts';
import { Mark } from '../../ui/mark.tsx';
import { Facts } from '../../ui/page.tsx';

/** What the sender last said, in words. What it never said is unknown, which is not the same as "no". */
export function PresentFacts({ present }: { present: Present }) {
  const say = useSay();
  const word = useWord();
  const unknown = <Mark tone="unknown">{say('web.state.unknown')}</Mark>;
  const flag = (value: boolean | undefined) =>
    value === undefined ? unknown : say(value ? 'web.list.yes' : 'web.list.no');
  const measured = (value: number | undefined, unit: string, digits = 0) =>
    value === undefined ? unknown : `${value.toFixed(digits)} ${unit}`;
  const door = present.doorOpen
    ? 'open'
    : present.doorClosed
      ? 'closed'
      : present.doorClosed === false
        ? 'not_closed'
        : null;
  const direction = present.moving === false ? 'still' : present.direction === undefined ? null : present.direction;
  return (
    <Facts
      rows={[
        [say('web.car.mode'), present.serviceMode === undefined ? unknown : word('web.car.mode', present.serviceMode)],
        [say('web.car.floor'), present.floor ?? unknown],
        [say('web.car.direction'), direction === null ? unknown : say(`web.car.direction.${direction}`)],
        [say('web.car.door'), door === null ? unknown : say(`web.car.door.${door}`)],
        [say('web.car.door_zone'), flag(present.inDoorZone)],
        [say('web.car.occupied'), flag(present.occupied)],
        [
          say('web.car.speed'),
          present.speedMmPerS === undefined ? unknown : measured(present.speedMmPerS / 1_000, 'm/s', 2),
        ],
        [say('web.car.load'), measured(present.loadPercent, '%')],
        [say('web.car.mains'), flag(present.mainsPower)],
        [say('web.car.safety_circuit'), flag(present.safetyCircuitClosed)],
        [say('web.car.machine_room'), measured(present.machineRoomCelsius, '°C', 1)],
        [say('web.car.runs'), present.runs?.toLocaleString('en-US') ?? unknown],
      ]}
    />
  );
}
