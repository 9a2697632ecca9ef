import {defineConfig} from 'eslint/config'
import regexp from 'eslint-plugin-regexp'
import tseslint from 'typescript-eslint'

const PURE = ['src/domain/**', 'src/formats/**', 'src/usecases/**', 'src/render/**']

// One list: two blocks that both set `no-restricted-syntax` replace each other.
const NO_BARRELS = [
  {selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that defines it.'},
  {selector: 'ExportNamedDeclaration[source]', message: 'No re-exports: import from the file that defines it.'},
]
const OWN_TIME = [
  {
    selector: 'MemberExpression[object.name="AbortSignal"][property.name="timeout"]',
    message: 'adapters/deadline: a timer also counts the time in which a busy machine lets this process wait.',
  },
]
// What people paste: a value in it is a shell word, so that no name in an alert or a file becomes a command.
const PASTED = [
  {
    selector:
      ':not(TaggedTemplateExpression) > TemplateLiteral[expressions.length>0][quasis.0.value.raw=/^(faci (?!has |will |up will )[a-z]|(docker|export|env|ssh|ls|df|mkdir|ps|mv|cp|rm|cat|chmod|chown|chgrp|kill|sudo|git|amtool|npm|apt-get) )/]',
    message: 'Write command`faci … ${value}`: src/domain/text/shell-command.ts quotes the values.',
  },
]
// oclif's own ways to a stream.
const NO_OCLIF_OUTPUT = [
  {
    selector:
      'CallExpression[callee.object.type="ThisExpression"][callee.property.name=/^(log|logToStderr|logJson|warn|error)$/]',
    message: 'Use `this.present`, or throw a FaciError: src/cli/process/screen.ts encodes what others wrote.',
  },
]
const NO_CLOCK = [
  {selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Take the time from the Clock port.'},
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    message: 'Take the time from the Clock port.',
  },
  {
    selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
    message: 'Chance comes through a port.',
  },
]

// What stands in a file's place may be a pipe, a device or a folder. The exceptions below open it without waiting, or read /proc.
const READING = ['readFile', 'readFileSync', 'createReadStream', 'default']
// Who else wrote to a screen would write what others wrote: a cursor movement, a forged row.
const SINKS = [
  'src/cli/process/screen.ts', // text for people
  'src/cli/process/stream-output.ts', // documents
  'src/cli/process/closed-streams.ts', // when nobody reads any more
  'src/cli/process/terminal.ts', // only asks what they are
  'src/cli/command/watch.ts', // only asks how tall it is
  'src/cli/app/app.ts', // readline's, for the prompt: what is asked goes through screen.ts
  'src/adapters/progress/{listr-progress,shown-task}.ts', // listr2's
]
// A name that others can foresee is one where they can put a link, and half a file is read as a whole one.
const WRITING = [
  ...['writeFile', 'appendFile', 'open', 'mkdir', 'mkdtemp', 'rename', 'link', 'symlink', 'copyFile', 'cp'].flatMap(
    (name) => [name, `${name}Sync`],
  ),
  'createWriteStream',
]
const OWN_WRITING = [
  'src/files/{atomic-file,private-folder}.ts',
  'src/adapters/store/{json-lines-writer,keep-file}.ts', // what grows: journals, evidence
  'src/adapters/store/{lease-files,lease-remains,lock-folders}.ts', // what is there or not at one moment
  'src/adapters/store/set-aside.ts', // moves
  'src/adapters/store/retention/remove-folder.ts', // moves what is to be removed
  'src/adapters/store/moved-folder.ts', // gives what was moved its name back
  'src/files/hand-over.ts', // only changes whose it is
  'src/adapters/store/{plain-file,read-own-file}.ts', // only read
  'src/adapters/docker/log-files/open-log-files.ts', // only read
  'src/adapters/system/atomic-export.ts', // moves a draft
  'src/adapters/system/type-ahead.ts', // the terminal
]
const OWN_READING = [
  'src/files/plain-file.ts',
  'src/adapters/shell/output-file.ts',
  'src/adapters/processes/process-table.ts',
  'src/adapters/store/process-identity.ts',
]

const READ_PLAIN = {
  importNames: READING,
  message: 'Read through src/files/plain-file.ts, which waits for no pipe and reads nothing without an end.',
}
const WRITE_WHOLE = {
  importNames: WRITING,
  message: 'Write through src/files/atomic-file.ts, or into a folder of src/files/private-folder.ts.',
}

function onlyImport(...rules) {
  const modules = ['fs', 'node:fs', 'fs/promises', 'node:fs/promises']
  const paths = [
    ...modules.flatMap((name) => rules.map((rule) => ({name, ...rule}))),
    {name: '@oclif/core', importNames: ['ux'], message: 'Text for people goes through src/cli/process/screen.ts.'},
    ...['process', 'node:process'].map((name) => ({
      name,
      message: 'Streams: src/cli/process/screen.ts; else the global.',
    })),
  ]
  return {'no-restricted-imports': ['error', {paths}]}
}

// What only screens of the CLI show, which are English: the gate, the table of runs, `status`, `doctor`.
const ENGLISH_SCREENS = [
  'src/domain/execution/{consent-ground,consent-hash,found-bad,gate-card}.ts',
  'src/domain/journal/journal-actions.ts',
  'src/domain/notices/channels.ts',
]

/** What notices, journals, transcripts and reports say is worded in src/render/words. FaciError's sentences, suggestions to type (`command`) and types are no such words. */
const noSentence = {
  meta: {type: 'problem', schema: [], messages: {sentence: 'Decide data here, and word it in src/render/words.'}},
  create(context) {
    const isExempt = (node) =>
      context.sourceCode
        .getAncestors(node)
        .some(
          ({type, callee, tag}) =>
            type === 'TSLiteralType' ||
            type === 'ThrowStatement' ||
            (type === 'NewExpression' && callee.name === 'FaciError') ||
            (type === 'TaggedTemplateExpression' && tag.name === 'command'),
        )
    const look = (node, text) => {
      const said = text.replace(/ → faci .*/, '')
      if (/\p{L}{2},? \p{L}+,? \p{L}/u.test(said) && !isExempt(node)) context.report({node, messageId: 'sentence'})
    }
    return {
      Literal: (node) => typeof node.value === 'string' && look(node, node.value),
      TemplateLiteral: (node) => look(node, node.quasis.map(({value}) => value.cooked).join('x')),
    }
  },
}

export default defineConfig(
  {ignores: ['**/dist/**', 'coverage/**', 'node_modules/**']},
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname},
    },
    linterOptions: {reportUnusedDisableDirectives: 'error'},
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', {fixStyle: 'inline-type-imports'}],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // tsc (`erasableSyntaxOnly`) lets nobody write an enum: to look for one at each assignment takes a tenth of the time.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true}],
      '@typescript-eslint/no-confusing-void-expression': ['error', {ignoreArrowShorthand: true}],
      complexity: ['error', 10],
      'max-lines': ['error', 250],
      'max-lines-per-function': ['error', 50],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...NO_BARRELS],
    },
  },
  {files: ['src/**'], rules: {'no-restricted-syntax': ['error', ...NO_BARRELS, ...PASTED, ...NO_OCLIF_OUTPUT]}},
  {
    files: ['src/adapters/**'],
    rules: {
      'no-restricted-syntax': ['error', ...NO_BARRELS, ...PASTED, ...NO_OCLIF_OUTPUT, ...OWN_TIME],
    },
  },
  {
    files: PURE,
    ignores: ['src/domain/time/process-zone.ts'], // the zone of `Date`, given back before it returns
    rules: {
      'no-restricted-syntax': ['error', ...NO_BARRELS, ...PASTED, ...NO_CLOCK],
      'no-restricted-globals': ['error', 'process', 'fetch', 'console', 'setTimeout', 'setInterval', 'performance'],
    },
  },
  {
    files: ['src/**'],
    ignores: SINKS,
    rules: {
      'no-restricted-properties': [
        'error',
        ...['stdout', 'stderr'].map((property) => ({
          object: 'process',
          property,
          message:
            'Text for people goes through toScreen (src/cli/process/screen.ts), a document through streamOutput.',
        })),
      ],
    },
  },
  {
    // Foreign text decides how long a match takes: none takes longer than its text is long.
    files: ['src/**', 'bin/launch.js'],
    plugins: {regexp},
    rules: {
      'regexp/no-super-linear-backtracking': ['error', {report: 'potential'}],
      'regexp/no-super-linear-move': ['error', {report: 'certain', ignoreSticky: true}],
    },
  },
  {files: ['src/**'], ignores: [...OWN_READING, ...OWN_WRITING], rules: onlyImport(READ_PLAIN, WRITE_WHOLE)},
  {files: OWN_WRITING, rules: onlyImport(READ_PLAIN)},
  {
    files: ['src/domain/{check,execution,journal,notices}/**', 'src/domain/alerts/{alert-board,doubt}.ts'],
    ignores: ENGLISH_SCREENS,
    plugins: {words: {rules: {sentence: noSentence}}},
    rules: {'words/sentence': 'error'},
  },
  {files: ['src/commands/**'], rules: {'max-lines': ['error', 60]}},
  {
    files: ['test/**/*.ts', 'service/**/*.test.ts'],
    rules: {
      'max-lines': ['error', 500],
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
  {files: ['test/bench/**', 'test/demo/**', 'service/**', 'bin/**'], rules: {'no-console': 'off'}},
)
