/*
 * Prints how many tests passed and failed, from the JSON reports of vitest:
 *   node .ci/count.mjs <folder> <report>...
 * Fails if a report is missing or counts no test: what ran nothing has shown nothing.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, ...names] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let complete = names.length > 0;
for (const name of names) {
  try {
    const report = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
    // A suite that cannot be set up has failed, though none of its tests has.
    const broken = report.testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    );
    if (report.numPassedTests + report.numFailedTests === 0) throw new Error('it counts no test');
    passed += report.numPassedTests;
    failed += report.numFailedTests + broken.length;
  } catch (error) {
    complete = false;
    console.error(`The report ${name} does not count: ${error.message}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = complete && passed > 0 && failed === 0 ? 0 : 1;
