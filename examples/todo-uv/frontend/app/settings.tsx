'use client';

import { createContext, useContext, type ReactNode } from 'react';
import type { PublicSettings } from '../lib/settings.ts';

const Settings = createContext<PublicSettings>({});

export function SettingsProvider({ settings, children }: { settings: PublicSettings; children: ReactNode }) {
  return <Settings value={settings}>{children}</Settings>;
}

/** The settings of this environment, for every client component. */
export function useSettings(): PublicSettings {
  return useContext(Settings);
}
