import {createSender} from './http-sender.js'
import {readLoadConfig} from './load-config.js'
import {runLoad} from './load-run.js'
import {seededRandom} from './seeded-random.js'
import {createTally} from './tally.js'
import {createTrafficMix} from './traffic-mix.js'

const REPORT_EVERY_MS = 10_000

function print(line: object): void {
  process.stdout.write(`${JSON.stringify({timestamp: new Date().toISOString(), ...line})}\n`)
}

async function run(): Promise<void> {
  const {target, rps, durationSeconds, seed, maxInFlight} = readLoadConfig(process.env)
  const random = seededRandom(seed)
  const now = (): number => performance.now()
  const stop = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stop.abort()
    })
  }
  if (Number.isFinite(durationSeconds)) {
    setTimeout(() => {
      stop.abort()
    }, durationSeconds * 1000).unref()
  }

  const whole = createTally(now())
  let recent = createTally(now())
  const report = setInterval(() => {
    print({level: 'INFO', message: 'load', final: false, ...recent.summarise(now())})
    recent = createTally(now())
  }, REPORT_EVERY_MS)

  print({level: 'INFO', message: 'load starts', target: target.origin, rps, seed})
  await runLoad(
    {
      send: createSender(target, maxInFlight),
      // Its own sequence: what is asked for does not depend on how fast the answers come.
      nextRequest: createTrafficMix(seededRandom(seed + 1)),
      random,
      now,
      tallies: () => [whole, recent],
    },
    {rps, maxInFlight, signal: stop.signal},
  )
  clearInterval(report)
  const summary = whole.summarise(now())
  print({level: 'INFO', message: 'load ends', final: true, ...summary})
  process.exit(summary.answered > 0 ? 0 : 1)
}

run().catch((error: unknown) => {
  print({level: 'CRITICAL', message: error instanceof Error ? error.message : String(error)})
  process.exit(1)
})
