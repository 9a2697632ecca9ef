import fc from 'fast-check'

const one = (...texts: readonly string[]) => fc.constantFrom(...texts)
const {expr} = fc.letrec<{expr: string; selector: string; range: string; number: string}>((tie) => ({
  number: one('1', '1', '2', '3', '10', '0.5', '-1', '1e3', '0x1F', 'Inf', '5m', '1_000', '1e'),
  selector: fc
    .tuple(
      one('q', 'q', 'up', 'up', 'x_total', 'a:b', 'offset', ''),
      one('', '{}', '{job="a"}', '{a=~"b.*"}', '{a!="",}', '{a=~"("}', '{"b.c"="d"}', '{a=~".*"}', '{a="\\\\."}'),
      one('', '', '', ' offset 5m', ' offset -1h', ' @ end()', ' @ 5', ' offset 0s'),
    )
    .map((parts) => parts.join('')),
  range: fc
    .tuple(tie('selector'), one('[5m]', '[5m]', '[1m]', '[1h30m]', '[1h:1m]', '[5m:]', '[0s]', '[30m1h]', '[300]', ''))
    .map((all) => all.join('')),
  expr: fc.oneof(
    {maxDepth: 4, depthSize: 'small'},
    tie('selector'),
    fc
      .tuple(one('rate', 'increase', 'max_over_time', 'absent_over_time', 'deriv', 'mad_over_time'), tie('range'))
      .map(([name, of]) => `${name}(${of})`),
    fc
      .tuple(one('abs', 'ceil', 'scalar', 'absent', 'histogram_avg', 'sgn', 'rat'), tie('expr'))
      .map(([name, of]) => `${name}(${of})`),
    fc
      .tuple(
        one('sum', 'max by (job)', 'count without (a,)', 'topk', 'SUM', 'avg by (on)'),
        tie('expr'),
        one('', ' by (a)'),
      )
      .map(([name, of, by]) => `${name}(${of})${by}`),
    fc
      .tuple(one('topk', 'quantile', 'count_values', 'bottomk'), tie('number'), tie('expr'))
      .map(([name, by, of]) => `${name}(${by}, ${of})`),
    fc
      .tuple(
        tie('expr'),
        one(
          '+',
          '/',
          '==',
          '> bool',
          'and',
          'or',
          'unless on (a)',
          '* on (a) group_left (b)',
          '- ignoring ()',
          '^',
          'and bool',
          'atan2',
        ),
        tie('expr'),
      )
      .map((parts) => parts.join(' ')),
    fc.tuple(tie('expr'), one('>', '*', '-'), tie('number')).map((parts) => parts.join(' ')),
    fc.tuple(tie('number'), tie('expr')).map(([by, of]) => `histogram_quantile(${by}, ${of})`),
    fc
      .tuple(one('-', '(', '((('), tie('expr'))
      .map(([open, of]) => `${open}${of}${open.startsWith('(') ? ')'.repeat(open.length) : ''}`),
  ),
}))
const template = fc
  .array(
    one(
      'a ',
      '{{ $labels.job }}',
      '{{ $value | humanize }}',
      '{{ $label.a }}',
      '{{ if $value }}',
      '{{ else }}',
      '{{ end }}',
      '{{ range query "up" }}',
      '{{ . }}',
      '{{ humanise 1 }}',
      '{{ printf "%.1f" $value }}',
      '{{ "a }}',
      '{{- 1 -}}',
      '{{ $x := 1 }}',
      '{{ $x }}',
      '{{/* c */}}',
      '{{',
    ),
    {maxLength: 4},
  )
  .map((parts) => parts.join(''))
const duration = one('5m', '5m', '1m', '30s', '1d', '1h30m', '0s', '90', '5min', '1.5h', '1m1h', '')
const rule = fc
  .record({
    name: one('alert: A', 'alert: A', 'record: a:b', 'alert: B c', 'record: a:b', 'record: a-b', ''),
    expr: fc.oneof({weight: 4, arbitrary: expr}, {weight: 1, arbitrary: one('up', 'up > 0')}),
    more: fc.uniqueArray(
      fc.oneof(
        duration.map((text) => `for: ${JSON.stringify(text)}`),
        duration.map((text) => `keep_firing_for: ${text}`),
        template.map((text) => `annotations: {summary: ${JSON.stringify(text)}}`),
        template.map((text) => `labels: {severity: ${JSON.stringify(text)}}`),
        one('labels: {a-b: c}', 'lables: {a: b}', 'labels: {a: 1}', 'annotations: {a: {b: c}}', 'severity: x'),
      ),
      {maxLength: 2, selector: (text) => text.split(':', 1)[0]},
    ),
  })
  .map(({name, expr: text, more}) =>
    [name, `expr: ${JSON.stringify(text)}`, ...more].filter((line) => line !== '').join('\n    '),
  )
/** Rule files, right and wrong in every part. */
export const generatedRuleFiles = fc
  .tuple(
    one(
      ...Array.from({length: 20}, () => '- name: g'),
      '- name: ""',
      '- name: g\n  interval: 1m',
      '- name: g\n  interval: 30',
      '- name: g\n  limit: x',
      '- name: g\n  query_offset: 1m',
      '- name: g\n  foo: 1',
      '- name: g\n- name: g',
    ),
    fc.array(rule, {minLength: 1, maxLength: 2}),
  )
  .map(([group, rules]) => `groups:\n${group}\n  rules:\n${rules.map((text) => `  - ${text}\n`).join('')}`)
