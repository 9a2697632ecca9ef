import {ensureEngine} from '../../service/stack/engine.js'

/** The engine that answers at Docker's own address: commands of faci that change something ask it who it is. */
export default async function setup(): Promise<() => Promise<void>> {
  const engine = await ensureEngine({
    install: true,
    say: (line) => {
      process.stderr.write(`${line}\n`)
    },
  })
  return engine.stop
}
