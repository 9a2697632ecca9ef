// Two walls, as src/README.md draws them: an import must be allowed by its layer and by its topic. Each comment says what to do instead.
const LAYERS = {
  commands: ['cli', 'usecases', 'render', 'domain'],
  cli: ['config', 'usecases', 'render', 'ports', 'domain', 'commands', 'adapters'],
  config: ['domain', 'files', 'formats', 'ports', 'adapters/channels/registry'],
  usecases: ['ports', 'domain'],
  adapters: ['ports', 'domain', 'files', 'formats'],
  // Markdown is drawn for a terminal on the tree that channels and runbooks are read by too: what people wrote is to look the same everywhere.
  // A calendar is another form of the same answer.
  render: ['domain', 'formats/markdown', 'formats/ics'],
  ports: ['domain'],
  files: ['domain'],
  formats: ['domain'],
  domain: [],
}

const layerRules = Object.entries(LAYERS).map(([layer, allowed]) => ({
  name: `${layer}-imports`,
  severity: 'error',
  comment: `src/${layer} may import ${allowed.length === 0 ? 'nothing of src' : allowed.join(', ')}: pass what it needs as a parameter or a port.`,
  from: {path: `^src/${layer}/`},
  to: {path: '^src/', pathNot: `^src/(${[layer, ...allowed].join('|')})[/.]`},
}))

// What each topic may import beside what none of them is about (the files of src/domain itself, text, time, secrets). A topic has the same
// name in domain, usecases and render.
const TOPICS = {
  promql: [],
  findings: [],
  consent: [],
  stack: [],
  notices: [],
  patterns: [],
  oncall: ['consent'],
  retention: ['consent'],
  logs: ['stack'],
  change: ['stack', 'consent'],
  alerts: ['promql', 'findings', 'consent', 'patterns'],
  journal: ['stack', 'consent', 'change', 'notices'],
  signals: ['promql', 'stack', 'findings'],
  slo: ['promql', 'signals', 'patterns'],
  impact: ['promql', 'alerts', 'signals', 'slo'],
  incidents: ['promql', 'alerts', 'notices', 'change', 'journal', 'impact', 'oncall', 'patterns'],
  escalation: ['oncall', 'incidents', 'notices', 'journal'],
  postmortem: ['alerts', 'incidents', 'impact', 'journal', 'notices', 'signals', 'slo'],
  runbook: ['promql', 'findings', 'consent', 'stack', 'notices', 'alerts', 'journal', 'patterns'],
  execution: ['runbook', 'consent', 'stack', 'change', 'notices', 'journal'],
  status: [
    'promql',
    'findings',
    'stack',
    'change',
    'alerts',
    'journal',
    'incidents',
    'signals',
    'runbook',
    'patterns',
    'oncall',
  ],
  dashboard: ['promql', 'findings', 'stack', 'signals', 'status'],
  doctor: ['promql', 'findings', 'alerts', 'signals', 'stack', 'status', 'notices', 'oncall', 'retention'],
  check: ['alerts', 'dashboard', 'incidents', 'notices', 'oncall', 'patterns', 'signals', 'slo', 'stack', 'status'],
}
// A use case or a screen of these is about an execution too: they have no folder of their own there.
const OF_RUNS = ['execution', 'change']
const SHARED = 'text|time|secrets|words|json|svg|html'

const topicRules = Object.entries(TOPICS).map(([topic, allowed]) => {
  const ofRuns = topic === 'runbook' ? OF_RUNS : []
  const domain = [topic, SHARED, ...allowed].join('|')
  return [
    {
      name: `${topic}-topic`,
      severity: 'error',
      comment: `The topic ${topic} may import ${allowed.join(', ') || 'no other'}: move what both need below both, or take it as a parameter.`,
      from: {path: `^src/domain/${topic}/`},
      to: {path: '^src/domain/[^/]+/', pathNot: `^src/domain/(${domain})/`},
    },
    {
      name: `${topic}-topic-outside-domain`,
      severity: 'error',
      comment: `Use cases and screens of ${topic} may import ${[...allowed, ...ofRuns].join(', ') || 'no other topic'}: move what both need below both, or take it as a parameter.`,
      from: {path: `^src/(usecases|render)/${topic}/`},
      to: {
        path: '^src/(domain|usecases|render)/[^/]+/',
        pathNot: `^src/(domain|usecases|render)/(${[domain, ...ofRuns].join('|')})/`,
      },
    },
  ]
})

const only = (library, path) => ({
  name: `${library.replace(/\W/g, '')}-in-its-place`,
  severity: 'error',
  comment: `${library} belongs in ${path}: use the port instead.`,
  from: {path: '^src/', pathNot: path},
  to: {path: `node_modules/${library}/`},
})

module.exports = {
  forbidden: [
    ...layerRules,
    ...topicRules.flat(),
    {
      name: 'topics-are-listed',
      severity: 'error',
      comment: 'A new folder of domain, usecases or render is a topic: add it to TOPICS, and say what it may import.',
      from: {
        path: '^src/(domain|usecases|render)/[^/]+/',
        pathNot: `^src/(domain|usecases|render)/(${[SHARED, ...Object.keys(TOPICS), 'markdown|github|junit|yaml'].join('|')})/`,
      },
      to: {},
    },
    {
      name: 'only-the-app-makes-adapters',
      severity: 'error',
      comment: 'Ask src/cli/app/app.ts for the port.',
      from: {path: '^src/(cli|commands)/', pathNot: '^src/cli/app/'},
      to: {path: '^src/adapters/'},
    },
    {
      name: 'adapters-apart',
      severity: 'error',
      comment:
        'One outside thing an adapter folder; adapters/http is shared by those that speak HTTP, adapters/processes by those that start or look for processes, adapters/deadline by those that wait.',
      from: {path: '^src/adapters/([^/]+)/'},
      to: {path: '^src/adapters/', pathNot: '^src/adapters/($1|http|processes|deadline)/'},
    },
    {
      name: 'channels-apart',
      severity: 'error',
      comment:
        'A channel is a folder of its own; what all of them share is no channel: domain/notices, formats, ports.',
      from: {path: '^src/adapters/channels/([^/]+)/'},
      to: {path: '^src/adapters/channels/', pathNot: '^src/adapters/channels/$1/'},
    },
    {
      name: 'commands-apart',
      severity: 'error',
      comment: 'Share through a use case or src/cli.',
      from: {path: '^src/commands/'},
      to: {path: '^src/commands/'},
    },
    {
      name: 'no-node-in-pure-layers',
      severity: 'error',
      comment: 'Domain, formats, ports and render are pure (hashing excepted): go through a port.',
      from: {path: '^src/(domain|formats|ports|render|usecases)/'},
      to: {dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer|util)$'},
    },
    only('dockerode', '^src/adapters/docker/'),
    only('axios', '^src/adapters/http/'),
    only('execa', '^src/adapters/(processes|shell)/'),
    only('re2js', '^src/adapters/re2/'),
    only('listr2', '^src/adapters/progress/'),
    only('zod', '^src/(adapters|config|formats)/'),
    only('(mdast|micromark)-[^/]+', '^src/formats/markdown/'),
    only('@(lezer|prometheus-io)', '^src/formats/promql/'),
    // Where no problem has a place, a value is enough: what Compose prints, and what we print ourselves.
    only('yaml', '^src/(formats|adapters/compose|render/yaml)/'),
    only('d3-(?:scale|shape)', '^src/render/svg/'),
    only('@slack', '^src/adapters/channels/slack/'),
    only('temporal-(polyfill|spec)', '^src/domain/oncall/'),
    only('rrule-temporal', '^src/formats/ics/'),
    only('nodemailer', '^src/adapters/channels/email/'),
    {
      name: 'service-apart',
      severity: 'error',
      comment: 'The monitored service and faci share no code.',
      from: {path: '^(src|bin)/'},
      to: {path: '^service/'},
    },
    {
      name: 'faci-apart',
      severity: 'error',
      comment: 'The monitored service and faci share no code.',
      from: {path: '^service/', pathNot: '^service/grafana/'},
      to: {path: '^src/'},
    },
    {
      name: 'grafana-from-the-definitions',
      severity: 'error',
      comment:
        "service/grafana runs in no service: it writes Grafana's files from the definitions that the terminal draws too, and takes nothing else of faci.",
      from: {path: '^service/grafana/'},
      to: {path: '^src/', pathNot: '^src/(domain/|config/|cli/wiring/signal-targets)'},
    },
    {
      name: 'no-test-in-production',
      severity: 'error',
      comment: 'Test support stays in test/.',
      from: {path: '^(src|bin|service)/'},
      to: {path: '^test/'},
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Move what both need to a third file.',
      from: {},
      to: {circular: true},
    },
    {
      name: 'no-folder-cycles',
      severity: 'error',
      scope: 'folder',
      comment: 'Two folders that import each other are one: move what both need to a third, below both.',
      from: {path: '^src/'},
      to: {circular: true},
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Delete it, or use it.',
      from: {orphan: true, path: '^src/', pathNot: '\\.d\\.ts$'},
      to: {},
    },
    {
      name: 'no-dev-dependency',
      severity: 'error',
      comment: 'What src imports is a dependency.',
      from: {path: '^src/'},
      to: {dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only']},
    },
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    exclude: {path: '(^|/)dist/|^coverage/'},
    tsConfig: {fileName: 'tsconfig.json'},
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
