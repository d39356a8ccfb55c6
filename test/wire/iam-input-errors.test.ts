import {
  document,
  long,
  nameRule,
  none,
  one,
  pathRule,
  type Row,
  testRows,
  trust,
  two,
} from './iam-errors.fixture.ts'

/** Names, paths and texts that break a pattern; lists; the account’s aliases. */
const rows: readonly Row[] = [
  ['CreateAccessKey', { UserName: 'a b' }, nameRule('userName')],
  ...['a/b', 'a b', 'a*', 'é', 'a\n'].flatMap(
    (bad) =>
      [
        ['CreateUser', { UserName: bad }, nameRule('userName')],
        ['GetUser', { UserName: bad }, nameRule('userName')],
        ['UpdateUser', { UserName: 'Ada', NewUserName: bad }, nameRule('newUserName')],
        ['CreateGroup', { GroupName: bad }, nameRule('groupName')],
        ['CreateRole', { RoleName: bad, AssumeRolePolicyDocument: trust }, nameRule('roleName')],
        ['GetRole', { RoleName: bad }, nameRule('roleName')],
        ['CreatePolicy', { PolicyName: bad, PolicyDocument: document }, nameRule('policyName')],
        [
          'PutUserPolicy',
          { UserName: 'Ada', PolicyName: bad, PolicyDocument: document },
          nameRule('policyName'),
        ],
        ['CreateInstanceProfile', { InstanceProfileName: bad }, nameRule('instanceProfileName')],
      ] as Row[],
  ),
  ...['x', '/x', 'x/', '//', '/ x/', '/\u007f/', '/é/', '/x/\n'].flatMap(
    (bad) =>
      [
        ['CreateUser', { UserName: 'new', Path: bad }, pathRule()],
        ['UpdateUser', { UserName: 'Ada', NewPath: bad }, pathRule('newPath')],
        ['CreateGroup', { GroupName: 'new', Path: bad }, pathRule()],
        ['CreateRole', { RoleName: 'new', AssumeRolePolicyDocument: trust, Path: bad }, pathRule()],
        ['CreatePolicy', { PolicyName: 'new', PolicyDocument: document, Path: bad }, pathRule()],
      ] as Row[],
  ),
  [
    'CreateUser',
    { UserName: 'new', Path: `/${long(511)}/` },
    one('path', 'have length less than or equal to 512'),
  ],
  ['UpdateUser', { UserName: 'ghost', NewUserName: 'a/b' }, nameRule('newUserName')],
  [
    'CreatePolicy',
    { PolicyName: 'new', PolicyDocument: 'smile \u{1F600}' },
    '400 ValidationError: The specified value for policyDocument is invalid. It must contain only printable ASCII characters.',
  ],
  [
    'CreatePolicy',
    { PolicyName: 'new', PolicyDocument: long(131073) },
    one('policyDocument', 'have length less than or equal to 131072'),
  ],
  [
    'CreateRole',
    { RoleName: 'new', AssumeRolePolicyDocument: trust, Description: 'smile \u{1F600}' },
    one(
      'description',
      'satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*',
    ),
  ],
  ...['ListUsers', 'ListGroups', 'ListRoles', 'ListInstanceProfiles', 'ListPolicies'].flatMap(
    (action) =>
      [
        [action, { MaxItems: 0 }, one('maxItems', 'have value greater than or equal to 1')],
        [action, { MaxItems: 1001 }, one('maxItems', 'have value less than or equal to 1000')],
        [
          action,
          { Marker: '' },
          two(
            'marker',
            'satisfy regular expression pattern: [\\u0020-\\u00FF]+',
            'have length greater than or equal to 1',
          ),
        ],
      ] as Row[],
  ),
  [
    'ListUsers',
    { PathPrefix: 'x' },
    '400 ValidationError: The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.',
  ],
  ['ListUsers', { Marker: 'x' }, '400 ValidationError: Invalid Marker.'],
  [
    'GetAccountAuthorizationDetails',
    { Marker: 'x' },
    '400 ValidationError: Marker and Filter do not match',
  ],
  [
    'GetAccountAuthorizationDetails',
    { 'Filter.member.1': 'Nobody' },
    one(
      'filter',
      'satisfy constraint: [Member must satisfy enum value set: [LocalManagedPolicy, User, AWSManagedPolicy, Role, Group]]',
    ),
  ],
  [
    'CreateAccountAlias',
    { AccountAlias: 'ab' },
    two(
      'accountAlias',
      'satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$',
      'have length greater than or equal to 3',
    ),
  ],
  [
    'DeleteAccountAlias',
    { AccountAlias: 'not-there' },
    none('The account alias not-there cannot be found.'),
  ],
]

testRows(rows)
