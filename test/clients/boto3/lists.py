"""Paginators in pages of one, and waiters."""

import json
import sys

import boto3
from botocore import xform_name
from botocore.exceptions import WaiterError

from service import allow, document, equal, policy_arn, run, trust, user_arn

TAGS = [{'Key': f'k{at}', 'Value': str(at)} for at in range(3)]
PATH = '/team/'


def furnish(iam):
    """Three of everything, and of what hangs on the first."""
    trusted = trust(user_arn('u0'))
    for at in range(3):
        iam.create_user(UserName=f'u{at}', Tags=TAGS)
        iam.create_group(GroupName=f'g{at}')
        iam.create_role(RoleName=f'r{at}', AssumeRolePolicyDocument=trusted, Tags=TAGS)
        iam.create_policy(PolicyName=f'p{at}', PolicyDocument=allow('iam:Get*'), Tags=TAGS)
        iam.create_instance_profile(InstanceProfileName=f'i{at}', Tags=TAGS)
        iam.add_role_to_instance_profile(InstanceProfileName=f'i{at}', RoleName='r0')
        iam.add_user_to_group(GroupName='g0', UserName=f'u{at}')
        if at > 0:
            iam.add_user_to_group(GroupName=f'g{at}', UserName='u0')
            iam.create_policy_version(PolicyArn=policy_arn('p0'), PolicyDocument=allow('iam:*'))
        for kind, name in ('user', 'u'), ('group', 'g'), ('role', 'r'):
            owner = {f'{kind.capitalize()}Name': f'{name}0'}
            put = getattr(iam, f'put_{kind}_policy')
            put(**owner, PolicyName=f'own{at}', PolicyDocument=allow('iam:List*'))
            attach = getattr(iam, f'attach_{kind}_policy')
            attach(**owner, PolicyArn=policy_arn(f'p{at}'))
            if at > 0:
                attach(**{f'{kind.capitalize()}Name': f'{name}{at}'}, PolicyArn=policy_arn('p0'))
    for _ in range(2):
        iam.create_access_key(UserName='u0')
    iam.create_account_alias(AccountAlias='watchword')


USER, GROUP, ROLE = {'UserName': 'u0'}, {'GroupName': 'g0'}, {'RoleName': 'r0'}
POLICY, PROFILE = {'PolicyArn': policy_arn('p0')}, {'InstanceProfileName': 'i0'}
ACTIONS = {'ActionNames': ['iam:GetUser', 'iam:PutUserPolicy', 's3:GetObject']}
#: What each paginator is asked, and how many results it must give.
PAGINATORS = {
    'GetAccountAuthorizationDetails': ({'Filter': ['User', 'Role', 'Group', 'LocalManagedPolicy']}, 12),
    'GetGroup': (GROUP, 3),
    'ListAccessKeys': (USER, 2),
    'ListAccountAliases': ({}, 1),
    'ListAttachedGroupPolicies': (GROUP, 3),
    'ListAttachedRolePolicies': (ROLE, 3),
    'ListAttachedUserPolicies': (USER, 3),
    'ListEntitiesForPolicy': (POLICY, 9),
    'ListGroupPolicies': (GROUP, 3),
    'ListGroups': ({}, 3),
    'ListGroupsForUser': (USER, 3),
    'ListInstanceProfileTags': (PROFILE, 3),
    'ListInstanceProfiles': ({}, 3),
    'ListInstanceProfilesForRole': (ROLE, 3),
    'ListMFADevices': (USER, 0),
    'ListPolicies': ({'Scope': 'Local'}, 3),
    'ListPolicyTags': (POLICY, 3),
    'ListPolicyVersions': (POLICY, 3),
    'ListRolePolicies': (ROLE, 3),
    'ListRoleTags': (ROLE, 3),
    'ListRoles': ({}, 3),
    'ListSSHPublicKeys': (USER, 0),
    'ListServerCertificates': ({}, 0),
    'ListSigningCertificates': (USER, 0),
    'ListUserPolicies': (USER, 3),
    'ListUserTags': (USER, 3),
    'ListUsers': ({}, 3),
    'ListVirtualMFADevices': ({}, 0),
    'SimulateCustomPolicy': ({'PolicyInputList': [allow('iam:Get*')], **ACTIONS}, 3),
    'SimulatePrincipalPolicy': ({'PolicySourceArn': user_arn('u0'), **ACTIONS}, 3),
}
#: Nobody has what this asks about.
NOT_HERE = {'ListMFADeviceTags'}


def paginators():
    """The argument says which operations are built. An older boto3 pages fewer of them."""
    built = set(json.loads(sys.argv[2])['built'])
    iam = boto3.client('iam')
    furnish(iam)
    pageable = {name for name in built if iam.can_paginate(xform_name(name))}
    equal(pageable - NOT_HERE - PAGINATORS.keys(), set())
    for name, (parameters, count) in PAGINATORS.items():
        if name not in pageable:
            continue
        paginator = iam.get_paginator(xform_name(name))
        whole = paginator.paginate(**parameters).build_full_result()
        pages = list(paginator.paginate(**parameters, PaginationConfig={'PageSize': 1}))
        singly = paginator.paginate(
            **parameters, PaginationConfig={'PageSize': 1}
        ).build_full_result()
        equal((name, singly), (name, whole))
        results = [key.expression for key in paginator.result_keys]
        equal((name, sum(len(whole[key]) for key in results)), (name, count))
        equal((name, len(pages)), (name, max(count, 1)))


def resumed():
    """A walk stopped after some items goes on from its token, with other page sizes."""
    iam = boto3.client('iam')
    for at in range(7):
        iam.create_user(UserName=f'u{at}', Path=PATH if at % 2 else '/')
    paginate = iam.get_paginator('list_users').paginate
    first = paginate(PaginationConfig={'MaxItems': 3, 'PageSize': 2}).build_full_result()
    equal([user['UserName'] for user in first['Users']], ['u0', 'u1', 'u2'])
    rest = paginate(
        PaginationConfig={'PageSize': 3, 'StartingToken': first['NextToken']}
    ).build_full_result()
    equal([user['UserName'] for user in rest['Users']], ['u3', 'u4', 'u5', 'u6'])
    assert 'NextToken' not in rest, rest
    team = paginate(PathPrefix=PATH, PaginationConfig={'PageSize': 1}).search('Users[].UserName')
    equal(list(team), ['u1', 'u3', 'u5'])


def waiters():
    iam = boto3.client('iam')
    made = {
        'user_exists': (lambda: iam.create_user(UserName='ada'), {'UserName': 'ada'}),
        'role_exists': (
            lambda: iam.create_role(
                RoleName='app', AssumeRolePolicyDocument=trust(user_arn('ada'))
            ),
            {'RoleName': 'app'},
        ),
        'policy_exists': (
            lambda: iam.create_policy(PolicyName='read', PolicyDocument=document(
                Effect='Allow', Action='iam:Get*', Resource='*'
            )),
            {'PolicyArn': policy_arn('read')},
        ),
        'instance_profile_exists': (
            lambda: iam.create_instance_profile(InstanceProfileName='app'),
            {'InstanceProfileName': 'app'},
        ),
    }
    equal(sorted(iam.waiter_names), sorted(made))
    for name, (make, parameters) in made.items():
        wait = iam.get_waiter(name).wait
        try:
            wait(**parameters, WaiterConfig={'Delay': 0, 'MaxAttempts': 2})
        except WaiterError as error:
            assert 'Max attempts exceeded' in str(error), error
        else:
            raise AssertionError(f'{name} waited for nothing')
        # It is made once the waiter has asked in vain.
        asked = []

        def meanwhile(http_response, make=make, asked=asked, **_):
            asked.append(http_response.status_code)
            if len(asked) == 1:
                make()

        operation = 'Get' + name.removesuffix('_exists').title().replace('_', '')
        iam.meta.events.register(f'after-call.iam.{operation}', meanwhile, unique_id=name)
        wait(**parameters, WaiterConfig={'Delay': 0, 'MaxAttempts': 5})
        equal((name, asked), (name, [404, 200]))


run({'paginators': paginators, 'resumed': resumed, 'waiters': waiters})
