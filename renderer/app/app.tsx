import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { I18nProvider } from 'react-aria-components';
import { queryClient } from '../client/query-client.ts';
import { LocaleProvider } from '../locales/use-text.tsx';
import { CrashBoundary } from './crash-boundary.tsx';
import { usePreferences } from './preferences.ts';
import { router } from './router.tsx';

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Localized />
    </QueryClientProvider>
  );
}

function Localized() {
  const choice = usePreferences();
  return (
    <I18nProvider locale={choice.language === 'ja' ? 'ja-JP' : 'en-GB'}>
      <LocaleProvider choice={choice}>
        <CrashBoundary>
          <RouterProvider router={router} />
        </CrashBoundary>
      </LocaleProvider>
    </I18nProvider>
  );
}
