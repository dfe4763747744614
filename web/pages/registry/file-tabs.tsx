import type { FC } from 'react';
import type { ElevatorFileView } from '../../../contract/registry.ts';
import { CoverTab } from '../insurance/cover-tab.tsx';
import { HistoryTab } from '../telemetry/history-tab.tsx';
import { LiveTab } from '../telemetry/live-tab.tsx';
import { DocumentsTab } from './documents-tab.tsx';
import { FactsTab } from './file-facts.tsx';
import { IdentifiersTab, PartiesTab } from './file-parties.tsx';
import { TraceTab } from './file-trace.tsx';

/** The parts of an elevator's file, in the order they are offered. */
export const FILE_TABS = {
  facts: FactsTab,
  live: LiveTab,
  history: HistoryTab,
  cover: CoverTab,
  trace: TraceTab,
  parties: PartiesTab,
  identifiers: IdentifiersTab,
  documents: DocumentsTab,
} satisfies Record<string, FC<{ elevator: ElevatorFileView }>>;

export type FileTab = keyof typeof FILE_TABS;
export const isFileTab = (text: string): text is FileTab => Object.hasOwn(FILE_TABS, text);
