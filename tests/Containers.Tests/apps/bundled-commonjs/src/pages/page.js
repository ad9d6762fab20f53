const { readFileSync } = require('node:fs');
const { join } = require('node:path');

exports.page = () => readFileSync(join(__dirname, 'page.html'), 'utf8').trim();
