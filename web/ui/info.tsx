import Popover from 'antd/es/popover/index.js';
import type { ReactNode } from 'react';

/** ⓘ: where a figure comes from and how it is counted. */
export const Info = ({ label, children }: { label: string; children: ReactNode }) => (
  <Popover trigger={['click', 'hover']} content={<div className="info">{children}</div>}>
    <button type="button" className="plain muted small" aria-label={label}>
      ⓘ
    </button>
  </Popover>
);
