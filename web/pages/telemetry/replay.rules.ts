import type { Present } from '../../../contract/telemetry.ts';

export type ReplayRow = { at: string; values: Present };

/** The picture at one moment: the picture before the window, with every message up to then laid over it. */
export function pictureAt(before: Present, rows: readonly ReplayRow[], atMs: number): Present {
  const picture: Present = { ...before };
  for (const { at, values } of rows) {
    if (Date.parse(at) > atMs) break;
    Object.assign(picture, values);
  }
  return picture;
}
