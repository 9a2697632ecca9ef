import {Args, Flags} from '@oclif/core'
import {ChangeCommand} from '../cli/command/change-command.js'
import {REMAKING_FLAGS} from '../cli/flags/change-flags.js'
import {FaciError} from '../domain/errors.js'

export default class Up extends ChangeCommand {
  static override strict = false
  static override summary = 'bring services up and wait until they are healthy'
  static override description =
    "Shows the plan, asks, takes the lock, brings the services up through Compose, and waits until each is healthy: by its entry of `health:`, else Docker's health check, else by running. Replicas stay as many as they are. What `--recreate` replaces leaves its logs and inspection in the run. When faci sees a service run another image than before, it keeps the one before under a tag: `--image previous` goes back to it. The service stays on it through later `up` and `scale`, until the image in the Compose file changes or you pass `--image compose`."
  static override examples = [
    {description: 'Everything', command: '<%= config.bin %> up --yes'},
    {description: 'Rebuild and recreate one service', command: '<%= config.bin %> up api --build --recreate --wait 2m'},
    {description: 'Back to what one service ran before', command: '<%= config.bin %> up api --image previous'},
    {description: 'Return to the image of the Compose file', command: '<%= config.bin %> up api --image compose'},
  ]

  static override args = {service: Args.string({description: 'service names (default: all)', name: 'SERVICE'})}
  static override flags = {
    ...REMAKING_FLAGS,
    build: Flags.boolean({description: 'build images first'}),
    recreate: Flags.boolean({description: 'recreate containers even if nothing changed'}),
    image: Flags.option({
      description:
        'previous: go back to the image that the named services ran before, and stay on it; other services are not touched. compose: return to the image of the Compose file',
      exclusive: ['build', 'recreate'],
      options: ['previous', 'compose'] as const,
    })(),
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Up)
    const {build, recreate, image} = flags
    const services = argv.map(String)
    if (image !== 'previous') {
      const unpin = image === 'compose' ? {unpin: true} : {}
      return this.change({kind: 'up', services, build, recreate, replicas: {}, ...unpin}, flags)
    }
    if (services.length === 0) {
      throw new FaciError('usage', '--image previous needs the services that are to go back', {
        suggestions: ['faci up api --image previous'],
      })
    }
    return this.change({kind: 'revert', services, replicas: {}}, flags)
  }
}
