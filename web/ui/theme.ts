import type { ThemeConfig } from 'antd/es/config-provider/context.js';
import darkAlgorithm from 'antd/es/theme/themes/dark/index.js';
import defaultAlgorithm from 'antd/es/theme/themes/default/index.js';

const FONT =
  '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';

const shared = {
  fontFamily: FONT,
  fontSize: 14,
  borderRadius: 4,
  controlHeight: 32,
  motionDurationMid: '0.1s',
  motionDurationSlow: '0.15s',
};

/** The component library in our colours. The same values stand as custom properties in base.css. */
export const themes: Readonly<Record<'light' | 'dark', ThemeConfig>> = {
  light: {
    algorithm: defaultAlgorithm,
    hashed: false,
    token: {
      ...shared,
      colorPrimary: '#0958d9',
      colorLink: '#0958d9',
      colorError: '#c8141e',
      colorWarning: '#8a5300',
      colorSuccess: '#1f6f2b',
      colorText: '#1c2128',
      colorTextPlaceholder: '#6a737d',
      colorTextDescription: '#57606a',
    },
  },
  dark: {
    algorithm: darkAlgorithm,
    hashed: false,
    token: {
      ...shared,
      colorPrimary: '#3b82f6',
      colorLink: '#5b9bff',
      colorError: '#ff7b7b',
      colorWarning: '#f0b849',
      colorSuccess: '#6cc784',
      colorBgContainer: '#161b22',
      colorBgElevated: '#1f262f',
      colorBgLayout: '#0e1116',
      colorBorder: '#3a434f',
      colorBorderSecondary: '#2d343e',
      colorText: '#e4e8ee',
      colorTextPlaceholder: '#98a2ae',
      colorTextDescription: '#9ba6b4',
    },
    components: { Button: { colorPrimary: '#2563eb' } },
  },
};
