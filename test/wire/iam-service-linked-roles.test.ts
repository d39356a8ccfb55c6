import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWire, type Wire } from './wire-service.ts'

let wire: Wire
before(async () => {
  wire = await openWire()
})
after(() => wire[Symbol.asyncDispose]())

/** Roles that services have made in real accounts: service, role, the policy AWS attached to it. */
const roles: readonly (readonly [service: string, role: string, policy: string])[] = [
  ['clientvpn', 'ClientVPN', 'ClientVPNServiceRolePolicy'],
  ['clientvpn-connections', 'ClientVPNConnections', 'ClientVPNServiceConnectionsRolePolicy'],
  ['events', 'CloudWatchEvents', 'CloudWatchEventsServiceRolePolicy'],
  ['inspector', 'AmazonInspector', 'AmazonInspectorServiceRolePolicy'],
  [
    'kinesisreplication.dynamodb',
    'DynamoDBKinesisDataStreamsReplication',
    'DynamoDBKinesisReplicationServiceRolePolicy',
  ],
  ['logger.cloudfront', 'CloudFrontLogger', 'AWSCloudFrontLogger'],
  [
    'managedupdates.elasticbeanstalk',
    'ElasticBeanstalkManagedUpdates',
    'AWSElasticBeanstalkManagedUpdatesServiceRolePolicy',
  ],
  [
    'member.org.stacksets.cloudformation',
    'CloudFormationStackSetsOrgMember',
    'CloudFormationStackSetsOrgMemberServiceRolePolicy',
  ],
  ['sagemaker', 'AmazonSageMakerNotebooks', 'AmazonSageMakerNotebooksServiceRolePolicy'],
]

for (const [service, role, policy] of roles) {
  test(`the role of ${service} has its name and policy`, async () => {
    const { iam, root } = wire
    const RoleName = `AWSServiceRoleFor${role}`
    const AWSServiceName = `${service}.amazonaws.com`
    const created = await iam(root, 'CreateServiceLinkedRole', { AWSServiceName })
    assert.equal(created.summary, '200 OK')
    const got = await iam(root, 'ListAttachedRolePolicies', { RoleName })
    const PolicyArn = `arn:aws:iam::aws:policy/aws-service-role/${policy}`
    const AttachedPolicies = [{ PolicyName: policy, PolicyArn }]
    assert.deepEqual(got.result, { AttachedPolicies, IsTruncated: 'false' })
  })
}
