// Like a generator of a database client: reads a schema, writes into node_modules.
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const schema = readFileSync('prisma/schema.prisma', 'utf8');
mkdirSync('node_modules/generated', { recursive: true });
writeFileSync('node_modules/generated/index.js', `module.exports = ${JSON.stringify(schema.trim())};\n`);
