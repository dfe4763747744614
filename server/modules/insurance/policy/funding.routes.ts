import { z } from 'zod';
import { fundingInput, fundingNamed } from '../../../../contract/insurance-funding.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import type { ElevatorId } from '../../../kernel/ids.ts';
import { type Language, languageOf, say } from '../../../kernel/language.ts';
import type { InsuranceDeps } from '../deps.ts';
import { TAKERS } from '../roles.ts';
import { status } from '../status.ts';
import { nameFunding } from './funding.service.ts';

/** Which money pays which part of a quote. */
export const fundingRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.put(
      '/insurance/quotes/:id/funding',
      {
        config: { access: TAKERS },
        schema: {
          summary: 'Name the money that pays each part of the cover; what may not pay is refused with the rule',
          tags: ['insurance'],
          params: z.object({ id: z.uuid() }),
          body: fundingInput,
          response: { 200: fundingNamed },
        },
      },
      async (request, reply) => {
        const { funding, elevatorIds } = request.body;
        const asked = { quoteId: request.params.id, funding, elevatorIds: elevatorIds as ElevatorId[] | null };
        const done = await nameFunding(deps, viewerOf(request), asked);
        return done.ok ? done.value : problem(reply, status, toldSource(done.refusal, languageOf(request)));
      },
    );
  };

/** A refusal that names a source, with the source as people call it. */
export const toldSource = <R extends { code: string }>(refusal: R, language: Language): R =>
  'source' in refusal && typeof refusal.source === 'string'
    ? { ...refusal, source: say(`insurance.source.${refusal.source}`, language) }
    : refusal;
