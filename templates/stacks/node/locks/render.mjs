// Renders the template on stdin for make.sh: name, set, package manager, versions of pnpm and yarn.
import { readFileSync } from 'node:fs';
import handlebars from 'handlebars';

const [name, set, manager, pnpm, yarn] = process.argv.slice(2);
const model = {
  name,
  postgres: set.includes('postgres'),
  redis: set.includes('redis'),
  npm: manager === 'npm',
  pnpm: manager === 'pnpm',
  yarn: manager === 'yarn',
  packageManagerSpec: { npm: '', pnpm: `pnpm@${pnpm}`, yarn: `yarn@${yarn}` }[manager],
};
process.stdout.write(handlebars.compile(readFileSync(0, 'utf8'), { noEscape: true, strict: true })(model));
