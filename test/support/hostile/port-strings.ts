import {readdirSync} from 'node:fs'
import {join} from 'node:path'
import ts from 'typescript'
import {repositoryRoot} from '../../../service/stack/repository.js'

const PORTS = join(repositoryRoot, 'src', 'ports')
/** What stands for the type parameter of a journal. */
const JOURNALED = [
  ['src/domain/journal/events.ts', 'RunEvent'],
  ['src/domain/change/change-event.ts', 'ChangeEvent'],
] as const
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
  noEmit: true,
}

/** What is not a value of ours: its insides are the language's. */
const LANGUAGE = '/node_modules/'

class Walk {
  readonly #found = new Set<string>()
  readonly #seen = new Set<ts.Type>()
  readonly #checker: ts.TypeChecker

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker
  }

  get found(): readonly string[] {
    return [...this.#found].sort()
  }

  /** Whatever a function gives, and what it calls back with. */
  functions(type: ts.Type, at: ts.Node, name: string): void {
    for (const signature of type.getCallSignatures()) {
      this.#value(signature.getReturnType(), at, name)
      for (const parameter of signature.getParameters())
        for (const callback of this.#checker.getTypeOfSymbolAtLocation(parameter, at).getCallSignatures())
          for (const [index, told] of callback.getParameters().entries())
            this.#value(this.#checker.getTypeOfSymbolAtLocation(told, at), at, `${name}(${told.name || String(index)})`)
    }
  }

  #value(type: ts.Type, at: ts.Node, path: string): void {
    if ((type.flags & ts.TypeFlags.String) !== 0) this.#found.add(path)
    else if ((type.flags & ts.TypeFlags.Unknown) !== 0) this.#found.add(`${path}?`)
    else if (type.isUnionOrIntersection() && type.isUnion()) for (const one of type.types) this.#value(one, at, path)
    else if ((type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection | ts.TypeFlags.TypeParameter)) !== 0)
      this.#object(type, at, path)
  }

  /** As `functions`, of a value. */
  value(type: ts.Type, at: ts.Node, path: string): void {
    this.#value(type, at, path)
  }

  #isOwn(type: ts.Type): boolean {
    if (type.isIntersection()) return true
    const [declaration] = (type.getSymbol()?.declarations ?? []) as readonly (ts.Declaration | undefined)[]
    if (declaration === undefined || declaration.getSourceFile().fileName.includes(LANGUAGE)) return false
    return !this.#checker.isTupleType(type) && !this.#checker.isArrayType(type)
  }

  #object(type: ts.Type, at: ts.Node, path: string): void {
    const name = (type.aliasSymbol ?? type.getSymbol())?.name ?? ''
    if (type.getCallSignatures().length > 0) this.functions(type, at, path)
    else if (!this.#isOwn(type)) this.#inside(type, at, path, name)
    else if (!this.#seen.has(type)) {
      this.#seen.add(type)
      this.#properties(type, at, name === '' || name.startsWith('__') ? path : name)
    }
  }

  #properties(type: ts.Type, at: ts.Node, base: string): void {
    for (const property of this.#checker.getPropertiesOfType(type))
      this.#value(this.#checker.getTypeOfSymbolAtLocation(property, at), at, `${base}.${property.name}`)
    const index = this.#checker.getIndexTypeOfType(type, ts.IndexKind.String)
    if (index === undefined) return
    this.#value(index, at, `${base}{}`)
    this.#found.add(`${base}{name}`)
  }

  /** What a promise, an array or a set holds. */
  #inside(type: ts.Type, at: ts.Node, path: string, name: string): void {
    if (name === 'Buffer' || name === 'Uint8Array') this.#found.add(`${path}#`)
    else if (name === 'Record' || this.#checker.getIndexTypeOfType(type, ts.IndexKind.String) !== undefined) {
      const index = this.#checker.getIndexTypeOfType(type, ts.IndexKind.String)
      if (index !== undefined) {
        this.#found.add(`${path}{name}`)
        this.#value(index, at, `${path}{}`)
      }
    } else for (const part of this.#checker.getTypeArguments(type as ts.TypeReference)) this.#value(part, at, path)
  }
}

/** The ports: what `src/ports` exports and has functions. */
function portsOf(program: ts.Program): readonly ts.InterfaceDeclaration[] {
  return program
    .getSourceFiles()
    .filter(({fileName}) => fileName.startsWith(`${PORTS}/`))
    .flatMap(({statements}) => statements.filter(ts.isInterfaceDeclaration))
}

/** Something that a port does in time may fail, and what the error says comes from elsewhere. */
function mayFail(checker: ts.TypeChecker, type: ts.Type): boolean {
  return type
    .getCallSignatures()
    .some((one) => /^(?:Promise|AsyncIterable|AsyncGenerator)</.test(checker.typeToString(one.getReturnType())))
}

/**
 * Every text that a port can give, by its type: `Container.image`, `Alert.labels{}` (a value of a record), `Alert.labels{name}` (its key),
 * `LogSource.read#` (bytes), `Engine.inspect?` (anything at all), `Engine!` (what its errors say). Unions of literals are no texts: an
 * adapter reads them, or fails.
 */
export function portStrings(): readonly string[] {
  const journaled = JOURNALED.map(([file]) => join(repositoryRoot, file))
  const program = ts.createProgram([...readdirSync(PORTS).map((file) => join(PORTS, file)), ...journaled], OPTIONS)
  const checker = program.getTypeChecker()
  const walk = new Walk(checker)
  const failing = new Set<string>()
  for (const port of portsOf(program)) {
    for (const method of checker.getPropertiesOfType(checker.getTypeAtLocation(port))) {
      const type = checker.getTypeOfSymbolAtLocation(method, port)
      walk.functions(type, port, `${port.name.text}.${method.name}`)
      if (mayFail(checker, type)) failing.add(`${port.name.text}!`)
    }
  }
  for (const [file, name] of JOURNALED) {
    const found = program
      .getSourceFile(join(repositoryRoot, file))
      ?.statements.find(
        (one): one is ts.TypeAliasDeclaration => ts.isTypeAliasDeclaration(one) && one.name.text === name,
      )
    if (found === undefined) throw new Error(`${file} has no ${name}`)
    walk.value(checker.getTypeAtLocation(found), found, name)
  }
  return [...walk.found, ...failing].sort()
}
