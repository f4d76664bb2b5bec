import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './fixtures.ts';
import { describeWith, run } from './monitoring-tools.ts';

/** A fault that the cases have to notice: text to exchange for another, and what promtool says then. */
export type RuleFault = readonly [name: string, from: string, to: string, complaint: RegExp];

/** promtool takes the rules, its tests pass, and they notice each of the faults. */
export function describeRules({ rules, cases, found, faults }: { readonly rules: string; readonly cases: string; readonly found: number; readonly faults: readonly RuleFault[] }): void {
  describeWith(['promtool'], 'the alerts in Prometheus', () => {
    const folder = temporaryFolder({ 'rules.yml': rules, 'rules.test.yml': cases });
    afterAll(() => folder.remove());

    it('promtool check rules', () => {
      expect(run('promtool', ['check', 'rules', 'rules.yml'], folder.root)).toEqual({ status: 0, output: expect.stringContaining(`SUCCESS: ${found} rules found`) });
    });

    it('promtool test rules', () => {
      expect(run('promtool', ['test', 'rules', 'rules.test.yml'], folder.root)).toEqual({ status: 0, output: expect.stringContaining('SUCCESS') });
    });

    // or the tests would pass with anything
    it.each(faults)('and they notice alerts %s', (_name, from, to, complaint) => {
      const broken = rules.replaceAll(from, to);
      expect(broken).not.toBe(rules);
      writeFileSync(join(folder.root, 'broken.yml'), broken);
      writeFileSync(join(folder.root, 'broken.test.yml'), cases.replace('[rules.yml]', '[broken.yml]'));
      expect(run('promtool', ['test', 'rules', 'broken.test.yml'], folder.root)).toEqual({ status: 1, output: expect.stringMatching(complaint) });
    });
  });
}
