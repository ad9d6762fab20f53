'use client';

import { useSettings } from './settings.tsx';

export function Environment() {
  const settings = Object.entries(useSettings());
  if (settings.length === 0) {
    return (
      <p className="quiet">
        None yet. What stands under <code>public</code> in duskstack.yaml shows up here.
      </p>
    );
  }
  return (
    <dl>
      {settings.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
