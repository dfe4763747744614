import { loadPack, type Pack } from './kernel/pack-files.ts';
import { calendarPack, divisionsPack, identityPack, outlinesPack } from './modules/identity/pack.ts';
import { coveragePack } from './modules/insurance/figures/coverage.pack.ts';
import { insurancePack } from './modules/insurance/pack.ts';
import { marketPack } from './modules/market/pack.ts';
import { preventionPack } from './modules/prevention/pack.ts';
import { registryPack } from './modules/registry/pack.ts';
import { rescuePack } from './modules/rescue/pack.ts';
import { telemetryPack } from './modules/telemetry/pack.ts';

/** Every file of a city pack and the module's schema it must fit. */
export const packSchemas = {
  identity: identityPack,
  divisions: divisionsPack,
  outlines: outlinesPack,
  calendar: calendarPack,
  registry: registryPack,
  telemetry: telemetryPack,
  rescue: rescuePack,
  insurance: insurancePack,
  prevention: preventionPack,
  coverage: coveragePack,
  market: marketPack,
};

/** A whole city pack: what the server and the ingest process load at start. */
export type CityPack = Pack<typeof packSchemas>;

/** Load the pack of a city; refused with every fault found. */
export const loadCityPack = (place: { city: string; programDir: string; extraDir: string | null }) =>
  loadPack(place, packSchemas);
