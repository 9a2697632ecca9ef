import {evilLine} from './texts.js'

/** By path. */
export type Answers = readonly (readonly [RegExp, unknown])[]

/** As the engine sends what a command says. */
function onStderr(text: string): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt8(2)
  header.writeUInt32BE(Buffer.byteLength(text), 4)
  return Buffer.concat([header, Buffer.from(text)])
}

/** Of an engine, about a command in a container that ends badly. */
export const EXEC_ANSWERS: Answers = [
  [/\/containers\/\w+\/exec$/, {Id: 'e1'}],
  [/\/exec\/e1\/start$/, onStderr(evilLine('HealthProber.run.output'))],
  [/\/exec\/e1\/json$/, {ExitCode: 1}],
]
