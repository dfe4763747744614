import type { z } from 'zod';
import type { candidate, candidateList, incidentDetail, incidentItem, incidentPage } from '../../../contract/rescue.ts';
import type { OrderInput } from '../../../contract/rescue-acts.ts';
import type { queueEntry, queueEvent, unplacedCall } from '../../../contract/rescue-queue.ts';

export type Entry = z.infer<typeof queueEntry>;
export type QueueEvent = z.infer<typeof queueEvent>;
export type UnplacedCall = z.infer<typeof unplacedCall>;
export type Item = z.infer<typeof incidentItem>;
export type Detail = z.infer<typeof incidentDetail>;
export type IncidentPage = z.infer<typeof incidentPage>;
export type Candidate = z.infer<typeof candidate>;
export type CandidateList = z.infer<typeof candidateList>;
export type { OrderInput };

/** The facts of the people inside that raise an incident in the queue. */
export const NEEDS = ['fire', 'water', 'injuries', 'patients', 'infants', 'elders'] as const;

/** How far the incidents of an event are, in the order in which they get on. */
export const STANDS = ['raised', 'planned', 'offered', 'under_way', 'on_site', 'released'] as const;
