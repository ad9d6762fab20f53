import { greeting } from '@acme/shared';

export const revalidate = 1;

export default function Page() {
  return (
    <p>
      {greeting('web')} at {Date.now()}
    </p>
  );
}
