import fc from 'fast-check'

const seed = process.env['FACI_PROPERTY_SEED']

/** Properties are tried on other values each time, but where a seed is set: in CI it is the tree's, so that one tree has one verdict. */
if (seed !== undefined) fc.configureGlobal({...fc.readConfigureGlobal(), seed: Number(seed)})
