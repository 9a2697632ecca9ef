// The layers of src/README.md as rules; each comment says what to do instead.
const LAYERS = {
  commands: ['cli', 'usecases', 'render', 'domain'],
  cli: ['config', 'usecases', 'render', 'ports', 'domain', 'commands', 'adapters'],
  config: ['domain', 'files'],
  usecases: ['ports', 'domain'],
  adapters: ['ports', 'domain', 'files'],
  render: ['domain'],
  ports: ['domain'],
  files: ['domain'],
  domain: [],
}

const layerRules = Object.entries(LAYERS).map(([layer, allowed]) => ({
  name: `${layer}-imports`,
  severity: 'error',
  comment: `src/${layer} may import ${allowed.length === 0 ? 'nothing of src' : allowed.join(', ')}: pass what it needs as a parameter or a port.`,
  from: {path: `^src/${layer}/`},
  to: {path: '^src/', pathNot: `^src/(${[layer, ...allowed].join('|')})/`},
}))

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
    {
      name: 'only-the-container-makes-adapters',
      severity: 'error',
      comment: 'Ask src/cli/container.ts for the port.',
      from: {path: '^src/(cli|commands)/', pathNot: '^src/cli/container\\.ts$|^src/cli/container/'},
      to: {path: '^src/adapters/'},
    },
    {
      name: 'adapters-apart',
      severity: 'error',
      comment:
        'One outside thing an adapter folder; adapters/http is shared by those that speak HTTP, adapters/processes by those that start or look for processes.',
      from: {path: '^src/adapters/([^/]+)/'},
      to: {path: '^src/adapters/', pathNot: '^src/adapters/($1|http|processes)/'},
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
      comment: 'Domain, ports and render are pure (hashing excepted): go through a port.',
      from: {path: '^src/(domain|ports|render|usecases)/'},
      to: {dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer|util)$'},
    },
    only('dockerode', '^src/adapters/docker/'),
    only('axios', '^src/adapters/http/'),
    only('execa', '^src/adapters/(compose|shell)/'),
    only('re2js', '^src/adapters/re2/'),
    only('listr2', '^src/adapters/progress/'),
    only('zod', '^src/(adapters|config)/'),
    only('@slack', '^src/adapters/notifiers/'),
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
      to: {path: '^src/', pathNot: '^src/(domain/|config/|cli/signal-targets)'},
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
