import { seriesOf } from '../../../src/alerts/promql.ts';

/** `name namespace`, or `*` for all that the metrics have; `-job` what is gone of them, `a=1` what has one value. */
function labelsOf(expression: string): string | null {
  const series = seriesOf(expression);
  if (series === null) return null;
  const { labels, dropped, fixed } = series;
  return [labels === null ? '*' : labels.join(' '), ...dropped.map((name) => `-${name}`), ...Object.entries(fixed).map(([name, value]) => `${name}=${value}`)].filter((part) => part !== '').join(' ');
}

describe('the labels of an expression', () => {
  it.each<[expression: string, labels: string]>([
    ['argocd_app_info', '*'],
    ['argocd_app_info{sync_status!="Synced"} == 1', '*'],
    ['argocd_app_info{sync_status="OutOfSync",name=~"a|b",} > 0', '* sync_status=OutOfSync'],
    ["{__name__='argocd_app_info', name=`web`}", '* name=web'],
    ['max by (namespace, name) (argocd_app_info{name="web"})', 'namespace name name=web'],
    ['max(argocd_app_info) by (namespace, name,)', 'namespace name'],
    ['MAX BY (name) (argocd_app_info) > bool 0', 'name'],
    ['sum without (pod, instance) (argocd_app_info{pod="a", name="web"})', '* -pod -instance name=web'],
    ['sum without (pod) (max by (name, pod) (argocd_app_info))', 'name'],
    ['sum by (name) (max without (name) (argocd_app_info))', ''],
    ['count(argocd_app_info{health_status!="Healthy"}) > 3', ''],
    ['topk(3, argocd_app_info)', '*'],
    ['quantile by (name) (0.9, argocd_app_info)', 'name'],
    ['absent(argocd_app_info{namespace="argocd", name!="x"})', 'namespace namespace=argocd'],
    ['absent_over_time(argocd_app_info[5m])', ''],
    ['max_over_time(argocd_app_info{operation=""}[1h:5m] offset 1d)', '* operation='],
    ['min_over_time(argocd_app_info[5m] @ end())', '*'],
    ['-argocd_app_info ^ 2 ^ -1', '*'],
    ['1 - (argocd_app_info)', '*'],
    ['vector(1)', ''],
    ['argocd_app_info and on (name) up', '*'],
    ['argocd_app_info unless on (name) max by (name) (silenced)', '*'],
    ['max by (name) (argocd_app_info{a="1"} or argocd_app_info{a="1", b="2"})', 'name'],
    ['argocd_app_info{a="1"} or argocd_app_info{a="1", b="2"}', '* a=1'],
    ['sum by (a) (x) or sum by (b) (y)', 'a b'],
    ['argocd_app_info * on (name) up', 'name'],
    ['argocd_app_info * ignoring (pod) up', '* -pod'],
    ['argocd_app_info * on (namespace, name) group_left (label_team) argocd_app_labels{label_team="a"}', '* label_team=a'],
    ['max by (name) (up) * on (name) group_right argocd_app_info', '*'],
    ['max by (name) (argocd_app_info) * on (name) group_left (team) max by (name, team) (argocd_app_labels)', 'name team'],
    ['rate(x[5m]) / 2 + argocd_app_info', '*'],
    ['argocd_app_info # name="x"\n  == 1e3', '*'],
    ['time() - max by (name) (argocd_app_info) > Inf', 'name'],
    ['histogram_quantile(0.9, sum by (le, name) (rate(x_bucket[5m])))', 'name'],
    ['argocd_app_info{name="a\\"b"}', '* name=a"b'],
  ])('%s', (expression, labels) => {
    expect(labelsOf(expression)).toBe(labels);
  });

  it.each([
    '',
    '1 + 1',
    'scalar(x)',
    'argocd_app_info{',
    'argocd_app_info{name}',
    'argocd_app_info) by (name)',
    'max by (name (argocd_app_info)',
    'max by (name)',
    'label_replace(argocd_app_info, "a", "$1", "b", "(.*)")',
    'count_values("version", build)',
    '{"utf8.name"}',
    'argocd_app_info[5m',
    'a $ b',
    '('.repeat(100_000),
  ])('cannot be told of %#', (expression) => {
    expect(seriesOf(expression)).toBeNull();
  });

  it.each<[string, readonly string[]]>([
    ['argocd_app_info{a="up"} # up', ['argocd_app_info']],
    ['argocd_app_info * on (name) up', ['argocd_app_info', 'up']],
    ['up unless argocd_app_info', ['up']],
    ['argocd_app_info or up', ['argocd_app_info', 'up']],
  ])('metrics of %s', (expression, metrics) => {
    expect(seriesOf(expression)?.metrics).toEqual(metrics);
  });
});
