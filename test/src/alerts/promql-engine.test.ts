import { stringify } from 'yaml';
import { seriesOf } from '../../../src/alerts/promql.ts';
import { temporaryFolder } from '../../support/fixtures.ts';
import { describeWith, run } from '../../support/monitoring-tools.ts';

/** Our reading of PromQL held against Prometheus itself: every metric has every label, so what an expression leaves of them shows. */
const LABELS = { name: 'web', namespace: 'argocd', project: 'default', pod: 'p', operation: 'sync', sync_status: 'OutOfSync', team: 't', le: '1' };
const METRICS = ['argocd_app_info', 'argocd_app_labels', 'up', 'x'];

const EXPRESSIONS = [
  'argocd_app_info{sync_status!="Synced"} == 1',
  '{__name__="argocd_app_info", name=~"w.*"}',
  'max by (namespace, name) (argocd_app_info{name="web"})',
  'max(argocd_app_info) by (name,)',
  'sum without (pod, operation) (argocd_app_info)',
  'sum without (pod) (max by (name, pod) (argocd_app_info))',
  'sum by (name) (max without (name) (argocd_app_info))',
  'count(argocd_app_info)',
  'topk(1, argocd_app_info)',
  'quantile by (name) (0.9, argocd_app_info)',
  'absent(nothing{namespace="argocd", name!="x"})',
  'absent_over_time(nothing[5m])',
  'max_over_time(argocd_app_info[10m:1m] offset 1m)',
  '-argocd_app_info ^ 2 ^ -1',
  '1 - (argocd_app_info)',
  'vector(1)',
  'argocd_app_info and on (name) up',
  'argocd_app_info unless on (name) x{name="other"}',
  'max by (name) (argocd_app_info{sync_status="OutOfSync"} or argocd_app_info{sync_status="Unknown"})',
  'argocd_app_info * on (name) up',
  'argocd_app_info == on (name, namespace) up',
  'argocd_app_info * ignoring (pod) up',
  'argocd_app_info > bool ignoring (pod) up',
  'max by (name, namespace) (argocd_app_info) * on (name) group_left (team) max by (name, team) (argocd_app_labels)',
  'max by (name) (up) * on (name) group_right max by (name, pod) (argocd_app_info)',
  'rate(x[5m]) / 2 + argocd_app_info',
  'time() - max by (name) (argocd_app_info) > 0',
  'histogram_quantile(0.9, sum by (le, name) (x))',
  'argocd_app_info # name="x"\n  == 1e0',
  'sort_desc(clamp_max(argocd_app_info, 1))',
];

function predicted(expression: string): string[] {
  const series = seriesOf(expression)!;
  return (series.labels ?? Object.keys(LABELS).filter((label) => !series.dropped.includes(label))).toSorted();
}

/** The labels of each answer, in the order of the expressions: a test that expects nothing prints what it got. */
function answered(output: string): string[][] {
  return output
    .split(/^ {4}expr: /m)
    .slice(1)
    .map((block) => [...new Set([...(/got: (?<samples>[^]*)/.exec(block)?.groups?.['samples'] ?? '').matchAll(/(?<=[{, ])(?<label>\w+)="/g)].map(({ groups }) => groups!['label']!))].filter((label) => label !== '__name__').toSorted());
}

describeWith(['promtool'], 'the labels of expressions as Prometheus has them', () => {
  const written = Object.entries(LABELS).map(([label, value]) => `${label}="${value}"`);
  const test = {
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: METRICS.map((metric) => ({ series: `${metric}{${written.join(', ')}}`, values: '1x30' })),
        promql_expr_test: EXPRESSIONS.map((expr) => ({ expr, eval_time: '20m', exp_samples: [] })),
      },
    ],
  };
  let answers: string[][];
  beforeAll(() => {
    const { root, remove } = temporaryFolder({ 'labels.test.yml': stringify(test, { lineWidth: 0 }) });
    answers = answered(run('promtool', ['test', 'rules', 'labels.test.yml'], root).output);
    remove();
  });

  it('answers all', () => {
    expect(answers).toHaveLength(EXPRESSIONS.length);
  });

  it.each(EXPRESSIONS.map((expression, index) => [expression, index] as const))('%s', (expression, index) => {
    expect(predicted(expression)).toEqual(answers[index]);
  });
});
