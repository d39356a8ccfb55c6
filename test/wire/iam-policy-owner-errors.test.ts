import {
  arn,
  conflict,
  document,
  exists,
  ghost,
  long,
  malformed,
  noGroup,
  none,
  noRole,
  notFound,
  noUser,
  one,
  type Row,
  testRows,
  unattachable,
} from './iam-errors.fixture.ts'
import { allow } from './wire-service.ts'

/** Groups, and the policies of users, groups and roles. */
const rows: readonly Row[] = [
  ['CreateGroup', { GroupName: 'STAFF' }, exists('Group with name STAFF')],
  ['GetGroup', { GroupName: 'ghost' }, noGroup('ghost')],
  ['UpdateGroup', { GroupName: 'ghost', NewPath: '/x/' }, noGroup('ghost')],
  ['UpdateGroup', { GroupName: 'empty', NewGroupName: 'staff' }, exists('Group with name staff')],
  ['DeleteGroup', { GroupName: 'ghost' }, noGroup('ghost')],
  ['DeleteGroup', { GroupName: 'Staff' }, conflict('remove users from group')],
  ['AddUserToGroup', { GroupName: 'ghost', UserName: 'Ada' }, noGroup('ghost')],
  ['AddUserToGroup', { GroupName: 'Staff', UserName: 'ghost' }, noUser('ghost')],
  ['AddUserToGroup', { GroupName: 'staff', UserName: 'BOB' }, '200 OK'],
  ['RemoveUserFromGroup', { GroupName: 'ghost', UserName: 'phantom' }, noUser('phantom')],
  ['RemoveUserFromGroup', { GroupName: 'ghost', UserName: 'Ada' }, noGroup('ghost')],
  ['RemoveUserFromGroup', { GroupName: 'empty', UserName: 'Ada' }, '200 OK'],
  ...(['User', 'Group', 'Role'] as const).flatMap((kind) => {
    const name = { User: 'bob', Group: 'Staff', Role: 'Worker' }[kind]
    const missing = { User: noUser, Group: noGroup, Role: noRole }[kind]('ghost')
    const field = `${kind}Name`
    const gone = none(`The ${kind.toLowerCase()} policy with name ghost cannot be found.`)
    const put = { PolicyName: 'p', PolicyDocument: document }
    return [
      [`Put${kind}Policy`, { [field]: 'ghost', ...put }, missing],
      [`Put${kind}Policy`, { [field]: 'ghost', ...put, PolicyDocument: '{' }, missing],
      [
        `Put${kind}Policy`,
        { [field]: name, ...put, PolicyDocument: '{' },
        malformed('Syntax errors in policy.'),
      ],
      [`Get${kind}Policy`, { [field]: 'ghost', PolicyName: 'p' }, missing],
      [`Get${kind}Policy`, { [field]: name, PolicyName: 'ghost' }, gone],
      [`Delete${kind}Policy`, { [field]: 'ghost', PolicyName: 'p' }, missing],
      [`Delete${kind}Policy`, { [field]: name, PolicyName: 'ghost' }, gone],
      [`List${kind}Policies`, { [field]: 'ghost' }, missing],
      [`ListAttached${kind}Policies`, { [field]: 'ghost' }, missing],
      [`Attach${kind}Policy`, { [field]: 'ghost', PolicyArn: arn('policy/Shelf') }, missing],
      [`Attach${kind}Policy`, { [field]: name, PolicyArn: ghost }, unattachable(ghost)],
      [
        `Attach${kind}Policy`,
        { [field]: name, PolicyArn: 'longpolicynamebutnoarn' },
        '400 ValidationError: ARN longpolicynamebutnoarn is not valid.',
      ],
      [
        `Attach${kind}Policy`,
        { [field]: name, PolicyArn: 'short' },
        one('policyArn', 'have length greater than or equal to 20'),
      ],
      [`Detach${kind}Policy`, { [field]: 'ghost', PolicyArn: arn('policy/Shelf') }, missing],
      [
        `Detach${kind}Policy`,
        { [field]: name, PolicyArn: arn('policy/deep/spare') },
        notFound(arn('policy/deep/spare')),
      ],
      [`Detach${kind}Policy`, { [field]: name, PolicyArn: ghost }, notFound(ghost)],
      [
        `Attach${kind}Policy`,
        {
          [field]: name,
          PolicyArn: 'arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy',
        },
        '400 PolicyNotAttachable: Cannot attach AWS reserved policy to an IAM user.'.replace(
          'user',
          kind.toLowerCase(),
        ),
      ],
    ] as Row[]
  }),
  [
    'PutUserPolicy',
    {
      UserName: 'bob',
      PolicyName: 'big',
      PolicyDocument: JSON.stringify(allow('s3:x', `arn:aws:s3:::${long(2048)}`)),
    },
    '409 LimitExceeded: Maximum policy size of 2048 bytes exceeded for user bob',
  ],
  [
    'PutGroupPolicy',
    {
      GroupName: 'Staff',
      PolicyName: 'big',
      PolicyDocument: JSON.stringify(allow('s3:x', `arn:aws:s3:::${long(5120)}`)),
    },
    '409 LimitExceeded: Maximum policy size of 5120 bytes exceeded for group Staff',
  ],
  [
    'PutRolePolicy',
    {
      RoleName: 'Worker',
      PolicyName: 'big',
      PolicyDocument: JSON.stringify(allow('s3:x', `arn:aws:s3:::${long(10240)}`)),
    },
    '409 LimitExceeded: Maximum policy size of 10240 bytes exceeded for role Worker',
  ],
]

testRows(rows)
