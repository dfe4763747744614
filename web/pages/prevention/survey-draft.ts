import { useEffect, useState } from 'react';
import { post } from '../../api.ts';
import { forgetDraft, keepDraft, keptDraft } from '../phone/store.ts';
import { idsOf, type Photo, sendPhotos } from './photo-field.tsx';

export type Kind = 'prevention_visit' | 'quality_check' | 'assessment_help' | 'three_no_help';
export type Result = 'pass' | 'fail' | 'not_seen';
export type Found = {
  id: string;
  category: string;
  severity: 'general' | 'serious' | 'urgent';
  description: string;
  ownerKind: 'use_unit' | 'maintenance_unit';
  photos: readonly Photo[];
};
/** A visit as the phone holds it until the server has it: written down at every change, photos included. */
export type Draft = {
  id: string;
  kind: Kind;
  rescueCode: string;
  startedAt: string;
  position: { lng: number; lat: number; accuracyM: number | null } | null;
  checks: Readonly<Record<string, Result>>;
  findings: readonly Found[];
  summary: string;
  endedAt: string | null; // set once, when the surveyor is done: sending may come later
};
export type Taken = {
  number: string;
  remarks: readonly string[];
  findings: readonly { id: string; number: string; dueOn: string }[];
};

const KEY = 'survey';

const isDraft = (kept: unknown): kept is Draft =>
  typeof kept === 'object' && kept !== null && 'rescueCode' in kept && 'findings' in kept;

/** The visit under way on this phone; undefined until the phone has answered. */
export function useDraft(): { draft: Draft | null | undefined; change: (draft: Draft | null) => void } {
  const [draft, setDraft] = useState<Draft | null>();
  useEffect(() => {
    keptDraft(KEY).then(
      (kept) => setDraft(isDraft(kept) ? kept : null),
      () => setDraft(null), // a phone that keeps nothing starts anew
    );
  }, []);
  const change = (next: Draft | null) => {
    setDraft(next);
    const kept = next ? keepDraft(KEY, next) : forgetDraft(KEY);
    kept.catch(() => undefined); // the screen still holds what was typed
  };
  return { draft, change };
}

/** Send photos, then the visit. What the server already has is not sent again; sending twice changes nothing. */
export async function sendDraft(draft: Draft, keep: (draft: Draft) => void): Promise<Taken> {
  const findings: Found[] = [];
  for (const found of draft.findings) findings.push({ ...found, photos: await sendPhotos(found.photos) });
  const sent = { ...draft, endedAt: draft.endedAt ?? new Date().toISOString(), findings };
  keep(sent);
  return post<Taken>('/prevention/visits', {
    id: sent.id,
    kind: sent.kind,
    rescueCode: sent.rescueCode,
    startedAt: sent.startedAt,
    endedAt: sent.endedAt,
    position: sent.position,
    checks: Object.entries(sent.checks).map(([code, result]) => ({ code, result })),
    summary: sent.summary,
    findings: findings.map(({ photos, ...found }) => ({ ...found, files: idsOf(photos) })),
  });
}
