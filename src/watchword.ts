import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { CreatedAccount } from './admin/create-account.ts'
import {
  ensureFirstAccount,
  keyringFits,
  managementAccount,
  unmetWishes,
} from './admin/first-account.ts'
import { adminPath, handleAdminRequest } from './admin/handle-admin-request.ts'
import type { Config } from './config/config.ts'
import {
  anotherKeyring,
  givenMasterKeys,
  masterKeyFile,
  memoryMasterKeys,
} from './config/master-key-file.ts'
import { readTlsFiles } from './config/read-tls-files.ts'
import { readRootKey, saveRootKey } from './config/root-key-file.ts'
import { policyFinder } from './directory/attached-policies.ts'
import { Directory } from './directory/directory.ts'
import { LastUseLog } from './directory/last-use-log.ts'
import { PolicyCache } from './directory/policy-cache.ts'
import { sessionTokens } from './directory/session/session-tokens.ts'
import { awsManagedPolicies } from './iam/managed-policies/aws-managed-policies.ts'
import { iamOperations } from './iam/operations.ts'
import type { MovableClock } from './primitives/clock.ts'
import { ids } from './primitives/ids.ts'
import type { MasterKeys } from './primitives/master-keys.ts'
import type { Random } from './primitives/random.ts'
import { handleRequest } from './request/handle-request.ts'
import type { Handler } from './request/http.ts'
import type { Pipeline, RequestObserver } from './request/pipeline.ts'
import { callerPolicyFinder } from './request/policy-sources.ts'
import type { Services } from './request/services.ts'
import { listen } from './server/listen.ts'
import { type Metrics, metrics } from './server/metrics.ts'
import { currentMetrics, requestObserver } from './server/request-observer.ts'
import { watchwordRoutes } from './server/watchword-routes.ts'
import { createSigningKeyCache } from './sigv4/index.ts'
import { openMemoryStore } from './store/memory/open-memory-store.ts'
import { openSqliteStore } from './store/sqlite/open-sqlite-store.ts'
import type { Store } from './store/store.ts'
import { StoreCorrupt } from './store/store-errors.ts'
import { timedStore } from './store/timed-store.ts'
import { stsOperations } from './sts/operations.ts'

/** What a service takes from its surroundings. */
export interface Runtime {
  /** Moved by `--dev` and by tests; otherwise it runs as the system's. */
  readonly clock: MovableClock
  readonly random: Random
  /** One line a request; `openLog` makes one. */
  readonly log: Logger
}

/** A service that listens. */
export interface RunningWatchword extends AsyncDisposable {
  /** Where: `http://127.0.0.1:7878` */
  readonly endpoint: string
  /** The clock of `Runtime`. */
  readonly clock: MovableClock
  /** Keys of the first account, when this start made it: to be shown once. */
  readonly firstStart: FirstStart | undefined
  /** Finishes what is running, writes what is queued and closes the data. */
  stop(): Promise<void>
}

/** How often the last uses of keys and roles are written. */
const flushSeconds = 60

/**
 * Starts a service and listens.
 *
 * @param config - from `readConfig`
 * @returns once it answers requests; the keys of a first account are in `firstStart`, this once
 * @throws ConfigError, StoreLocked, StoreCorrupt, StoreUnavailable, KeyringError, or an Error about the address
 */
export async function startWatchword(config: Config, runtime: Runtime): Promise<RunningWatchword> {
  const { clock, log } = runtime
  const tls = config.tls && readTlsFiles(config.tls)
  const counts = metrics(clock, { process: true })
  const observer = requestObserver(counts, log)
  const started = performance.now()
  // The address comes first: an account whose keys could not be shown would be lost. Early requests wait.
  const opening = Promise.withResolvers<Handler>()
  let handler: Handler = async (request) => (await opening.promise)(request)
  const { host, port, maxBodyBytes } = config
  const listening = await listen({
    handler: (request) => handler(request),
    host,
    port,
    tls,
    maxBodyBytes,
    clock,
    log,
  })
  const service = await openWatchword(config, { ...runtime, counts, observer }).catch(
    async (error: unknown) => {
      opening.promise.catch(() => undefined)
      opening.reject(error)
      await listening.stop()
      throw error
    },
  )
  handler = watchwordRoutes({
    version: packageVersion(),
    uptimeSeconds: () => (performance.now() - started) / 1000,
    metrics: currentMetrics(counts, observer),
    dev: config.dev ? { reset: service.reset, clock } : undefined,
    handler: service.handler,
  })
  opening.resolve(handler)
  const flushing = setInterval(() => {
    service.flush().catch((err: unknown) => log.error({ err }, 'last uses could not be written'))
  }, flushSeconds * 1000)
  flushing.unref()
  const stop = async (): Promise<void> => {
    clearInterval(flushing)
    await listening.stop()
    await service[Symbol.asyncDispose]()
    // Not before: requests whose clients are gone are finished until here.
    observer.catchUp()
  }
  return {
    endpoint: listening.url,
    clock,
    firstStart: service.firstStart,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** The version in the package's own description, beside `src` and `dist` alike. */
function packageVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

interface ServiceRuntime extends Runtime {
  readonly counts: Metrics
  readonly observer: RequestObserver
}

/** A service without a socket: requests as values, answers as values. */
interface Watchword extends AsyncDisposable {
  readonly handler: Handler
  /** Keys of the first account, when this start made it: to be shown once. */
  readonly firstStart: FirstStart | undefined
  /** Forgets everything but the first account's id and root key. */
  reset(): Promise<void>
  /** Writes when keys and roles were last used. */
  flush(): Promise<void>
}

/** The first account as it was made: what a first start prints. */
export interface FirstStart extends CreatedAccount {
  /** Where the root key was kept; undefined when nothing is. */
  readonly rootKeyFile: string | undefined
}

/**
 * Puts a service together: the one place where its parts are made and meet.
 *
 * @throws StoreLocked, StoreCorrupt, StoreUnavailable, KeyringError when its data cannot be used
 */
async function openWatchword(config: Config, runtime: ServiceRuntime): Promise<Watchword> {
  const store = timedStore(openStore(config, runtime.log), performance, (seconds) =>
    runtime.counts.storeCommit(seconds),
  )
  try {
    // The store's lock is held by now: two first starts cannot both make a keyring.
    await refuseLostDatabase(config, store)
    const keys = await openKeys(config, runtime, store)
    return await serve(config, runtime, keys, store)
  } catch (error) {
    await store[Symbol.asyncDispose]()
    throw error
  }
}

async function serve(
  config: Config,
  runtime: ServiceRuntime,
  keys: MasterKeys,
  store: Store,
): Promise<Watchword> {
  const { clock } = runtime
  let rootKeyFile: string | undefined
  let pipeline = await openPipeline(config, runtime, keys, store)
  if (!keyringFits(pipeline.services)) throw anotherKeyring(config)
  const created = await ensureFirstAccount(
    {
      id: config.account,
      rootKey: config.rootKey,
      administrator: !config.dev,
      keep({ id, rootKey }) {
        if (config.storage.kind === 'memory') return
        rootKeyFile = saveRootKey(config.storage.directory, { account: id, ...rootKey })
      },
    },
    clock.now(),
    pipeline.services,
  )
  if (!created) {
    const wanted = { id: config.account, rootKey: config.rootKey }
    for (const unmet of await unmetWishes(wanted, pipeline.services)) runtime.log.warn(unmet)
  }
  return {
    firstStart: created && { ...created, rootKeyFile },
    handler: (request) =>
      request.path.startsWith(adminPath)
        ? handleAdminRequest(request, pipeline)
        : handleRequest(request, pipeline),
    async reset() {
      // The account comes back as it was, so that the keys in a developer's shell go on working.
      const kept = await managementAccount(pipeline.services)
      await store.wipe()
      pipeline = await openPipeline(config, runtime, keys, store)
      const wanted = kept ?? { id: config.account, rootKey: config.rootKey }
      await ensureFirstAccount(wanted, clock.now(), pipeline.services)
    },
    flush: () => pipeline.services.lastUses.flush(pipeline.services.directory.loadedAccounts),
    async [Symbol.asyncDispose]() {
      try {
        await pipeline.services.lastUses.flush(pipeline.services.directory.loadedAccounts)
      } finally {
        await store[Symbol.asyncDispose]()
      }
    },
  }
}

/** Without it a new account would take the place of one whose database is gone, and its root key the file. */
async function refuseLostDatabase({ storage }: Config, { records }: Store): Promise<void> {
  if (storage.kind === 'memory' || !(await Directory.isNew(records))) return
  const account = readRootKey(storage.directory)?.account
  // A first start that was cut short has written the account before the file.
  if (account === undefined || (await records.load(account)).revision > 0) return
  throw new StoreCorrupt(
    join(storage.directory, 'watchword.db'),
    `it is empty, and the root-key.json beside it is of account ${account}`,
    { advice: 'Restore it from a backup, or move root-key.json away to begin anew.' },
  )
}

async function openKeys(
  { storage, masterKeys }: Config,
  { clock, random }: Runtime,
  store: Store,
): Promise<MasterKeys> {
  if (masterKeys) return givenMasterKeys(masterKeys, random)
  if (storage.kind === 'memory') return memoryMasterKeys(random, clock.now())
  const isNew = await Directory.isNew(store.records)
  return masterKeyFile(storage.directory, isNew, random, clock.now())
}

const openStore = ({ storage }: Config, log: Runtime['log']): Store =>
  storage.kind === 'memory'
    ? openMemoryStore()
    : openSqliteStore(storage.directory, {
        onFoldFailure: (err) =>
          log.error({ err }, 'the journal is kept in its log: the database cannot take it now'),
      })

async function openPipeline(
  config: Config,
  { clock, random, log, counts, observer }: ServiceRuntime,
  masterKeys: MasterKeys,
  store: Store,
): Promise<Pipeline> {
  const policies = new PolicyCache()
  const services: Services = {
    directory: await Directory.open(store.records),
    journal: store.journal,
    keyring: masterKeys.current,
    masterKeys,
    sessionTokens: sessionTokens(masterKeys.current),
    ids: ids(random),
    random,
    lastUses: new LastUseLog(),
    awsPolicies: awsManagedPolicies,
    policies,
    sessionIssued: (expiresAt) => counts.sessionIssued(expiresAt),
  }
  return {
    services,
    clock,
    rules: {
      signingKeys: createSigningKeyCache(),
      regions: config.regions,
      machineClock: config.dev ? clock.base : undefined,
    },
    policiesOf: callerPolicyFinder(policyFinder(policies, awsManagedPolicies)),
    operations: { iam: iamOperations, sts: stsOperations },
    log,
    observer,
  }
}
