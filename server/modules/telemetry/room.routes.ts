import { type RoomLine, roomFilter, roomList, roomQuery } from '../../../contract/telemetry-rooms.ts';
import { type Routes, viewerOf } from '../../kernel/http.ts';
import { languageOf, say } from '../../kernel/language.ts';
import { sendTable, tableFormat } from '../../kernel/table-file.ts';
import { clockOf, dayOf } from '../../kernel/time.ts';
import type { TelemetryDeps } from './deps.ts';
import { allRooms, countRooms, listRooms } from './room.views.ts';

const READ = { access: 'signed_in', grant: 'telemetry:read' } as const;
const tags = ['telemetry'];
/** How far back a breach still stands in the list. */
const DAYS = 30;
const DAY_MS = 86_400_000;

/** 屋顶和顶层机房, listed with their air conditioning and with what their sensors said. */
export const roomRoutes =
  (deps: TelemetryDeps): Routes =>
  async (app) => {
    const { scoped, now, thresholds } = deps;
    const since = () => new Date(now().getTime() - DAYS * DAY_MS);
    app.get(
      '/telemetry/machine-rooms',
      {
        config: READ,
        schema: {
          summary: 'Machine rooms on roofs and top floors, with their air conditioning and temperature breaches',
          tags,
          querystring: roomQuery,
          response: { 200: roomList },
        },
      },
      (request) =>
        scoped(viewerOf(request), async (tx) => {
          const { minCelsius, maxCelsius } = thresholds.machineRoom;
          return {
            ...(await listRooms(tx, request.query, since())),
            days: DAYS,
            limits: { minCelsius, maxCelsius },
            counts: await countRooms(tx, request.query, since()),
          };
        }),
    );
    app.get(
      '/telemetry/machine-rooms/export',
      {
        config: { ...READ, rateLimit: { max: 20, timeWindow: 60_000 } },
        schema: { summary: 'The same as a file', tags, querystring: roomFilter.extend(tableFormat) },
      },
      async (request, reply) => {
        const language = languageOf(request);
        const columns = columnsIn(deps, (code) => say(code, language));
        const pages = await scoped(viewerOf(request), async (tx) => {
          const all: (readonly RoomLine[])[] = [];
          for await (const page of allRooms(tx, request.query, since())) all.push(page);
          return all;
        });
        async function* rows() {
          for (const room of pages.flat()) yield columns.map(({ of }) => of(room));
        }
        const head = columns.map(({ name }) => say(`web.rooms.column.${name}`, language));
        return sendTable(reply, { name: `machine-rooms-${dayOf(now())}`, head, rows: rows() }, request.query);
      },
    );
  };

type Column = { name: string; of: (room: RoomLine) => string };

/** What a row of the file says, in the order of the screen's columns. */
function columnsIn({ areaName }: TelemetryDeps, word: (code: string) => string): readonly Column[] {
  const time = (at: Date) => `${dayOf(at)} ${clockOf(at)}`;
  return [
    { name: 'rescue_code', of: (room) => room.rescueCode ?? '' },
    { name: 'address', of: (room) => room.address },
    { name: 'district', of: (room) => areaName(room.districtCode ?? '') },
    { name: 'place', of: (room) => word(`registry.class.machine_room_place.${room.place}`) },
    { name: 'cooled', of: (room) => word(`web.rooms.cooled.${cooledWord(room.cooled)}`) },
    { name: 'celsius', of: (room) => (room.celsius === null ? '' : room.celsius.toFixed(1)) },
    { name: 'breaches', of: (room) => String(room.breaches) },
    { name: 'last_breach', of: (room) => (room.lastBreachAt === null ? '' : time(new Date(room.lastBreachAt))) },
    { name: 'use_unit', of: (room) => room.useUnit ?? '' },
    { name: 'maintenance', of: (room) => room.maintenance ?? '' },
  ];
}

const cooledWord = (cooled: boolean | null) => (cooled === null ? 'unknown' : cooled ? 'yes' : 'no');
