import { greeting } from '@acme/shared';

export const dynamic = 'force-dynamic';

export function GET() {
  return new Response(greeting('health'));
}
