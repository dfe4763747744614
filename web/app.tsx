import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import ConfigProvider from 'antd/es/config-provider/index.js';
import enUS from 'antd/es/locale/en_US.js';
import zhCN from 'antd/es/locale/zh_CN.js';
import { useEffect, useSyncExternalStore } from 'react';
import { RouterProvider } from 'react-router';
import { usePreferences } from './preferences.ts';
import { problemOf } from './problem.ts';
import { router } from './routes.tsx';
import { themes } from './ui/theme.ts';

/** A refusal will be the same the second time; only silence and overload are worth asking again. */
const isWorthRetrying = (count: number, error: unknown): boolean => {
  const { status } = problemOf(error);
  return count < 2 && (status === 0 || status === 503);
};

const queries = new QueryClient({
  defaultOptions: { queries: { retry: isWorthRetrying, staleTime: 10_000, refetchOnWindowFocus: false } },
});

/** The whole console: language, colours, queries, pages. */
export function App() {
  const { language } = usePreferences();
  const theme = useTheme();
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset['theme'] = theme;
  }, [language, theme]);
  return (
    <ConfigProvider theme={themes[theme]} locale={language === 'zh' ? zhCN : enUS} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}

const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const watchSystem = (changed: () => void) => {
  darkSystem.addEventListener('change', changed);
  return () => darkSystem.removeEventListener('change', changed);
};
const watchPath = (changed: () => void) => router.subscribe(changed);

/** What the person chose; without a choice the desk is dark and every other page follows the system. */
function useTheme(): 'light' | 'dark' {
  const { theme } = usePreferences();
  const isDark = useSyncExternalStore(watchSystem, () => darkSystem.matches);
  const path = useSyncExternalStore(watchPath, () => router.state.location.pathname);
  return theme ?? (isDark || path.startsWith('/desk') ? 'dark' : 'light');
}
