/** Starts the site in the browser. */
import './styles/tokens.css';
import './styles/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { createQueryClient } from './api/query-client.ts';
import { App } from './app.tsx';
import { DraftProvider } from './contracts/submission/draft.tsx';
import { startLanguage } from './i18n/index.ts';

const root = document.getElementById('root');
if (root) {
  await startLanguage();
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={createQueryClient()}>
        <DraftProvider>
          <BrowserRouter>
            <App />
          </BrowserRouter>
        </DraftProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
