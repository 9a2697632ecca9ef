export interface Mutation {
  readonly name: string
  readonly file: string
  /** Stands in the file once. */
  readonly from: string
  readonly to: string
}

/** Each takes one encoder away from a sink of foreign text. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'the screen lets commands to a CI server through',
    file: 'src/cli/process/screen.ts',
    from: 'const own = withoutCommands(text).replaceAll',
    to: 'const own = text.replaceAll',
  },
  {
    name: 'the screen lets controls through',
    file: 'src/cli/process/screen.ts',
    from: 'codes === undefined ? shownCharacter(found) :',
    to: 'codes === undefined ? found :',
  },
  {
    name: 'a shown document keeps the line breaks of its texts',
    file: 'src/domain/text/shown-document.ts',
    from: ".replaceAll('\\n', LINE_BREAK)",
    to: '',
  },
  {
    name: 'JSON hides what is hidden',
    file: 'src/render/json/json-text.ts',
    from: '.replaceAll(HIDDEN, escaped)',
    to: '',
  },
  {
    name: 'a cell of CSV computes',
    file: 'src/render/text/csv.ts',
    from: "`'${value}`",
    to: '`${value}`',
  },
  {
    name: 'JUnit holds the elements of others',
    file: 'src/render/junit/check.ts',
    from: ".replaceAll(/[&<>\"]/g, (found) => ENTITIES[found] ?? '')",
    to: '',
  },
  {
    name: 'Markdown holds the markup of others',
    file: 'src/domain/text/markdown.ts',
    from: 'oneLine(text).replaceAll(ACTIVE, String.raw`\\$&`)',
    to: 'oneLine(text)',
  },
  {
    name: 'an error breaks its lines where a name does',
    file: 'src/domain/errors.ts',
    from: "[message].flat().map(visible).join('\\n')",
    to: "[message].flat().join('\\n')",
  },
  {
    name: 'an annotation ends where a text breaks its line',
    file: 'src/render/github/annotations.ts',
    from: ".replaceAll(/[\\n\\uE00A]/g, '%0A')",
    to: ".replaceAll('\\uE00A', '\\n')",
  },
  {
    name: 'a log entry begins another one',
    file: 'src/render/logs/logs.ts',
    from: ".replaceAll('\\n', `\\n${INDENT}`)",
    to: '',
  },
]
