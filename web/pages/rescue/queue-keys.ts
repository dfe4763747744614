/** The rows of the queue that can be reached, as they stand on screen. */
const rowsShown = (): readonly HTMLButtonElement[] => [
  ...document.querySelectorAll<HTMLButtonElement>('.desk-queue .desk-row'),
];

function go(row: HTMLButtonElement | undefined): void {
  row?.click();
  row?.scrollIntoView({ block: 'nearest' });
}

/** One row up or down, through events and what stands unfolded below them. */
export function stepInQueue(by: 1 | -1): void {
  const rows = rowsShown();
  const at = rows.findIndex((row) => row.ariaCurrent === 'true');
  go(rows[at < 0 ? 0 : at + by]);
}

/** Fold or unfold the event that is chosen; folding from inside goes back to the event. */
export function foldInQueue(isFolding: boolean): void {
  const at = rowsShown().find((row) => row.ariaCurrent === 'true');
  const head = at?.dataset['in'] && isFolding ? eventRow(at.dataset['in']) : at;
  const button = head?.parentElement?.querySelector<HTMLButtonElement>('.desk-fold');
  if (!head?.dataset['event'] || !button) return;
  if ((button.ariaExpanded === 'true') === isFolding) button.click();
  if (head !== at) go(head);
}

const eventRow = (id: string) => rowsShown().find((row) => row.dataset['event'] === id);
