import assert from 'node:assert/strict'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  ListRolesCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import type { Credentials } from '../../src/sigv4/index.ts'
import { startWatchword, type TestService } from '../../src/testing.ts'
import { clientEnvironment, missingTool, runTool, type ToolResult } from './run-tool.ts'

/** Where provider plugins are kept by convention: named by the environment, of the machine, of the user. */
const pluginDirectories = [
  process.env.TF_PLUGIN_DIR ?? '',
  '/opt/tf-plugins',
  '/usr/local/share/terraform/plugins',
  '/usr/share/terraform/plugins',
  join(homedir(), '.terraform.d', 'plugins'),
]
const provider = 'registry.terraform.io/hashicorp/aws'

/**
 * Terraform's AWS provider over a whole stack, in order: it reads back every field that it wrote, so a plan that
 * shows no change proves that nothing was lost or rewritten on the way.
 */
let skipped: string | undefined
let plugins: string | undefined
let service: TestService
let folder: string

before(async () => {
  skipped = await missingTool('terraform', ['version'], 'Terraform 1.5 or newer is needed')
  plugins = pluginDirectories.find((each) => each && existsSync(join(each, provider)))
  if (!skipped && !plugins) {
    skipped = `SKIPPED, NOTHING TESTED: no provider ${provider} in ${pluginDirectories.join(' ')}`
  }
  if (skipped) return
  folder = mkdtempSync(join(tmpdir(), 'watchword-terraform-'))
  const source = join(import.meta.dirname, 'terraform')
  for (const name of readdirSync(source)) {
    if (name.endsWith('.tf')) cpSync(join(source, name), join(folder, name))
  }
  writeFileSync(join(folder, 'empty.rc'), '')
  service = await startWatchword()
  const init = await terraform('init', `-plugin-dir=${plugins}`)
  assert.equal(init.status, 0, init.stderr)
})

after(async () => {
  if (skipped) return
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

function terraform(...args: readonly string[]): Promise<ToolResult> {
  return terraformIn(folder, service.rootKey, ...args)
}

function terraformIn(
  cwd: string,
  credentials: Credentials,
  ...args: readonly string[]
): Promise<ToolResult> {
  const env = {
    ...clientEnvironment(service, credentials),
    TF_CLI_CONFIG_FILE: join(folder, 'empty.rc'),
    TF_IN_AUTOMATION: 'true',
    CHECKPOINT_DISABLE: 'true',
  }
  const [command = '', ...rest] = args
  const asked =
    command === 'init' || command === 'plan' || command === 'apply' || command === 'destroy'
  const flags = asked ? ['-input=false', '-no-color'] : []
  return runTool('terraform', [command, ...flags, ...rest], { env, cwd })
}

async function apply(step: number): Promise<string> {
  const done = await terraform('apply', '-auto-approve', '-compact-warnings', `-var=step=${step}`)
  assert.equal(done.status, 0, done.stderr)
  return done.stdout
}

/** The provider reads everything again and finds what it wrote. */
async function planShowsNoDrift(step: number): Promise<void> {
  const plan = await terraform('plan', '-detailed-exitcode', `-var=step=${step}`)
  assert.equal(plan.status, 0, `${plan.stdout}\n${plan.stderr}`)
}

async function outputs(): Promise<Record<string, unknown>> {
  const { stdout } = await terraform('output', '-json')
  const values = JSON.parse(stdout) as Record<string, { readonly value: unknown }>
  return Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]))
}

/** Each step stands on the one before: later ones are skipped when one has failed. */
let broken = false
function step(name: string, run: () => Promise<void>): void {
  test(name, async (t: TestContext) => {
    if (skipped) return t.skip(skipped)
    if (broken) return t.skip('an earlier step failed')
    broken = true
    await run()
    broken = false
  })
}

const iam = (): IAMClient => {
  const { endpoint, rootKey } = service
  return new IAMClient({ endpoint, region: 'us-east-1', credentials: rootKey })
}

step(
  'terraform apply makes every kind of identity, and its data sources read them back',
  async () => {
    const said = await apply(1)
    assert.match(said, /Apply complete! Resources: 31 added, 0 changed, 0 destroyed/)
    const { ids, ...values } = await outputs()
    assert.deepEqual(values, {
      account: '123456789012',
      alias: 'watchword-one',
      issuer: 'arn:aws:iam::123456789012:role/teams/app',
      key_states: ['Active'],
      managed_policy: 'arn:aws:iam::aws:policy/AdministratorAccess',
      members: ['ci', 'dev@example.com'],
      profiles: ['app'],
      robots: ['ci'],
      roles: [['app'], ['app', 'exclusive']],
      simulated: { 'iam:CreateUser': 'implicitDeny', 'iam:GetUser': 'allowed' },
    })
    const prefixes = Object.entries(ids as Record<string, string>).map(([name, id]) => [
      name,
      id.slice(0, 4),
    ])
    assert.deepEqual(Object.fromEntries(prefixes), {
      group: 'AGPA',
      policy: 'ANPA',
      role: 'AROA',
      role_of_profile: 'AROA',
      user: 'AIDA',
    })
  },
)

step('a plan after apply shows no drift', () => planShowsNoDrift(1))

step('terraform apply changes names, paths, tags, documents and boundaries in place', async () => {
  const said = await apply(2)
  assert.match(said, /Apply complete! Resources: \d+ added, \d+ changed, \d+ destroyed/)
  const { alias, key_states, members } = await outputs()
  assert.deepEqual(
    { alias, key_states, members },
    { alias: 'watchword-two', key_states: ['Inactive'], members: ['dev@example.com'] },
  )
})

step('a plan after the change shows no drift', () => planShowsNoDrift(2))

step('forgotten resources are imported again as they were', async () => {
  const imports = join(import.meta.dirname, 'terraform', 'imports', 'imports.tf')
  const addresses = [...readFileSync(imports, 'utf8').matchAll(/to = (\S+)/g)].map(
    ([, to]) => to ?? '',
  )
  const forgotten = await terraform('state', 'rm', ...addresses)
  assert.equal(forgotten.status, 0, forgotten.stderr)
  cpSync(imports, join(folder, 'imports.tf'))
  const said = await apply(2)
  assert.match(said, new RegExp(`${addresses.length} imported, 0 added, \\d+ changed, 0 destroyed`))
  await planShowsNoDrift(2)
})

step('changes made behind its back are seen and put right', async () => {
  const drift = { RoleName: 'with-inline', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }
  await iam().send(new AttachRolePolicyCommand(drift))
  const plan = await terraform('plan', '-detailed-exitcode', '-var=step=2')
  assert.equal(plan.status, 2, plan.stderr)
  assert.match(plan.stdout, /Plan: 0 to add, 1 to change, 0 to destroy/)
  await apply(2)
})

step(
  'terraform destroy leaves nothing, even what it did not make of users and roles it may empty',
  async () => {
    const { AccessKey } = await iam().send(new CreateAccessKeyCommand({ UserName: 'ci' }))
    assert.ok(AccessKey)
    await iam().send(
      new AttachRolePolicyCommand({
        RoleName: 'app',
        PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
      }),
    )
    const denyAll = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
    }
    await iam().send(
      new PutUserPolicyCommand({
        UserName: 'ci',
        PolicyName: 'quarantine',
        PolicyDocument: JSON.stringify(denyAll),
      }),
    )
    const done = await terraform('destroy', '-auto-approve', '-var=step=2')
    assert.equal(done.status, 0, done.stderr)
    const { Users } = await iam().send(new ListUsersCommand())
    const { Roles } = await iam().send(new ListRolesCommand())
    assert.deepEqual([Users, Roles], [[], []])
  },
)

/** User `ada` and the roles that the stack in `assumed/` goes by. */
async function rolesToAssume(): Promise<Credentials> {
  const { User } = await iam().send(new CreateUserCommand({ UserName: 'ada' }))
  const trust = (...statements: readonly object[]): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: statements.map((each) => ({ Effect: 'Allow', ...each })),
    })
  const Principal = { AWS: User?.Arn }
  const Condition = { StringEquals: { 'sts:ExternalId': 'partner:42' } }
  const named = [
    { Action: 'sts:AssumeRole', Principal, Condition },
    { Action: ['sts:TagSession', 'sts:SetSourceIdentity'], Principal },
  ]
  const deploy = { RoleName: 'deploy', Path: '/ci/', AssumeRolePolicyDocument: trust(...named) }
  const { Role } = await iam().send(new CreateRoleCommand(deploy))
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
  await iam().send(new AttachRolePolicyCommand({ RoleName: 'deploy', PolicyArn }))
  const inner = trust({ Action: 'sts:AssumeRole', Principal: { AWS: Role?.Arn } })
  await iam().send(new CreateRoleCommand({ RoleName: 'inner', AssumeRolePolicyDocument: inner }))
  const { AccessKey } = await iam().send(new CreateAccessKeyCommand({ UserName: 'ada' }))
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey ?? {}
  return { accessKeyId, secretAccessKey }
}

step(
  'providers assume a role with tags and source identity, and a second by the first',
  async () => {
    const ada = await rolesToAssume()
    const cwd = join(folder, 'assumed')
    cpSync(join(import.meta.dirname, 'terraform', 'assumed'), cwd, { recursive: true })
    for (const args of [
      ['init', `-plugin-dir=${plugins}`],
      ['apply', '-auto-approve'],
      ['plan', '-detailed-exitcode'],
    ]) {
      const { status, stdout, stderr } = await terraformIn(cwd, ada, ...args)
      assert.equal(status, 0, `${stdout}\n${stderr}`)
    }
    const { stdout } = await terraformIn(cwd, ada, 'output', '-json')
    assert.deepEqual(JSON.parse(stdout).callers.value, [
      'arn:aws:sts::123456789012:assumed-role/deploy/terraform',
      'arn:aws:sts::123456789012:assumed-role/inner/second',
      'arn:aws:iam::123456789012:role/ci/deploy',
    ])
    const done = await terraformIn(cwd, ada, 'destroy', '-auto-approve')
    assert.equal(done.status, 0, done.stderr)
  },
)
