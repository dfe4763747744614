import type { z } from 'zod';
import { type ElevatorLine, elevatorFilter, elevatorSort } from '../../../contract/registry.ts';
import { type Routes, viewerOf } from '../../kernel/http.ts';
import { type Language, languageOf, say } from '../../kernel/language.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { sendTable, tableFormat } from '../../kernel/table-file.ts';
import { dayOf } from '../../kernel/time.ts';
import type { RegistryDeps } from './deps.ts';
import { groundOf } from './list.ground.ts';
import { listElevators, type Narrow, narrow } from './list.views.ts';

const PAGE = 2_000;

type Column = { name: string; of: (line: ElevatorLine, deps: RegistryDeps, language: Language) => string };
const COLUMNS: readonly Column[] = [
  { name: 'registry.identifier.rescue_code', of: (l) => l.rescueCode ?? '' },
  { name: 'registry.identifier.registration_code', of: (l) => l.registrationCode ?? '' },
  { name: 'registry.field.kind', of: (l, _, language) => say(`registry.variety.${l.variety}`, language) },
  { name: 'registry.field.state', of: (l, _, language) => say(`registry.state.${l.state}`, language) },
  {
    name: 'registry.field.placeClass',
    of: (l, _, language) => (l.placeClass ? say(`registry.place_class.${l.placeClass}`, language) : ''),
  },
  { name: 'registry.field.area', of: (l, { city }) => (l.districtCode ? city.areas.name(l.districtCode) : '') },
  { name: 'registry.field.street', of: (l, { city }) => (l.streetCode ? city.areas.name(l.streetCode) : '') },
  { name: 'registry.field.community', of: (l, { city }) => (l.communityCode ? city.areas.name(l.communityCode) : '') },
  { name: 'registry.field.road', of: (l) => l.address },
  { name: 'registry.field.useUnit', of: (l) => l.useUnit?.name ?? '' },
  { name: 'registry.field.maintenance', of: (l) => l.maintenance?.name ?? '' },
  { name: 'registry.field.inUseOn', of: (l) => l.inUseOn ?? '' },
  { name: 'registry.field.nextInspectionOn', of: (l) => l.nextInspectionOn ?? '' },
  { name: 'registry.field.lng', of: (l) => l.lng?.toFixed(6) ?? '' },
  { name: 'registry.field.lat', of: (l) => l.lat?.toFixed(6) ?? '' },
];

/** Any list of elevators as a file: CSV (UTF-8 or GB18030) or XLSX, written page by page. */
export const exportRoutes =
  (deps: RegistryDeps): Routes =>
  async (app) => {
    app.get(
      '/elevators/export',
      {
        config: { access: 'signed_in', grant: 'elevators:read', rateLimit: { max: 20, timeWindow: 60_000 } },
        schema: {
          summary: 'A list of elevators as a file',
          querystring: elevatorFilter.extend({
            sort: elevatorSort.default('registration_code'),
            ...tableFormat,
          }),
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { format, encoding, sort, ...filter } = request.query;
        const language = languageOf(request);
        const today = dayOf(deps.now());
        const narrowed = await deps.scoped(viewer, (tx) => narrow(tx, filter, groundOf(deps, viewer)));
        const head = COLUMNS.map((c) => say(c.name, language));
        async function* rows() {
          for await (const line of rowsOf(deps, viewer, { narrowed, sort }))
            yield COLUMNS.map((c) => c.of(line, deps, language));
        }
        return sendTable(reply, { name: `elevators-${today}`, head, rows: rows() }, { format, encoding });
      },
    );
  };

type Listing = { narrowed: Narrow; sort: z.infer<typeof elevatorSort> };

/** Every line of a list, a page at a time: each page is its own transaction in the viewer's scope. */
async function* rowsOf(deps: RegistryDeps, viewer: Viewer, { narrowed, sort }: Listing): AsyncGenerator<ElevatorLine> {
  for (let after: string | null = null; ; ) {
    const ask = { sort, descending: false, after, limit: PAGE };
    const page: Awaited<ReturnType<typeof listElevators>> = await deps.scoped(viewer, (tx) =>
      listElevators(tx, narrowed, ask),
    );
    yield* page.items;
    if (!page.next) return;
    after = page.next;
  }
}
