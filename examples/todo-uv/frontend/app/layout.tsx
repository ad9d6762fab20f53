import type { Metadata } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { publicSettings } from '../lib/settings.ts';
import './globals.css';
import { SettingsProvider } from './settings.tsx';

export const metadata: Metadata = { title: 'Todo', description: 'A list of what is left to do, and an assistant that knows it.' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection(); // what follows is read at each request, not by the build
  return (
    <html lang="en">
      <body>
        <SettingsProvider settings={publicSettings()}>{children}</SettingsProvider>
      </body>
    </html>
  );
}
