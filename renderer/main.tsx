import './client/plain-schemas.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { App } from './app/app.tsx';
import { applyLastTheme } from './app/preferences.ts';
import { connect } from './client/connection.ts';
import { followHostEvents } from './client/query-client.ts';

// Without this, zod tries `new Function` once, and the content security policy reports it.
config({ jitless: true });
applyLastTheme();
connect();
followHostEvents();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
