import type {OncallWords} from '../../../domain/oncall/oncall-words.js'

export const ONCALL: OncallWords = {
  title: (service) => `On call: ${service}`,
  summary: (person, service) => `On call: ${person} (${service})`,
  layer: (layer) => `Layer: ${layer}`,
  override: 'Override',
  nobody: 'nobody',
  test: {
    title: (service) => `TEST page: ${service}`,
    body: (id) =>
      `This is a test of the on-call chain. Nothing is wrong.\n\nTo acknowledge: \`faci oncall test --ack ${id}\``,
    over: 'The test of the on-call chain is over.',
  },
  heads: {from: 'From', to: 'To', person: 'On call', layer: 'Layer'},
}
