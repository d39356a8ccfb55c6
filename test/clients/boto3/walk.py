"""The walk from a user to a role's credentials, and the three ways in which those end."""

from datetime import datetime, timedelta, timezone

import boto3

from service import (
    ACCOUNT, allow, assume, clock, document, equal, recent, refused, role_arn, run, session_of,
    trust, user_arn, user_with_roles,
)


def live_policy():
    iam = boto3.client('iam')
    user = iam.create_user(UserName='ada')['User']
    recent(user['CreateDate'])
    key = iam.create_access_key(UserName='ada')['AccessKey']
    equal(key['Status'], 'Active')
    role = iam.create_role(
        RoleName='deploy', AssumeRolePolicyDocument=trust(user_arn('ada')), MaxSessionDuration=7200
    )['Role']
    iam.put_role_policy(RoleName='deploy', PolicyName='list', PolicyDocument=allow('iam:ListUsers'))

    assumed = session_of(key).client('sts').assume_role(
        RoleArn=role['Arn'], RoleSessionName='first', DurationSeconds=7200
    )
    arn = f'arn:aws:sts::{ACCOUNT}:assumed-role/deploy/first'
    equal(assumed['AssumedRoleUser'], {'AssumedRoleId': f'{role["RoleId"]}:first', 'Arn': arn})
    recent(assumed['Credentials']['Expiration'] - timedelta(seconds=7200))

    deploy = session_of(assumed['Credentials'])
    identity = deploy.client('sts').get_caller_identity()
    del identity['ResponseMetadata']
    equal(identity, {'UserId': f'{role["RoleId"]}:first', 'Account': ACCOUNT, 'Arn': arn})
    as_deploy = deploy.client('iam')
    equal([one['UserName'] for one in as_deploy.list_users()['Users']], ['ada'])
    error = refused('AccessDenied', 403, as_deploy.create_user, UserName='mallory')
    equal(
        error.response['Error']['Message'],
        f'User: {arn} is not authorized to perform: iam:CreateUser on resource: '
        f'{user_arn("mallory")} because no identity-based policy allows the iam:CreateUser action',
    )
    refused(
        'AccessDenied', 403, deploy.client('sts').assume_role,
        RoleArn=role_arn('deploy'), RoleSessionName='again',
    )

    iam.delete_role_policy(RoleName='deploy', PolicyName='list')
    refused('AccessDenied', 403, as_deploy.list_users)
    iam.put_role_policy(RoleName='deploy', PolicyName='list', PolicyDocument=allow('iam:List*'))
    as_deploy.list_users()
    as_deploy.list_roles()


def expiry():
    key = user_with_roles('deploy')
    boto3.client('iam').update_role(RoleName='deploy', MaxSessionDuration=7200)
    usual = session_of(assume(key, 'deploy')).client('iam')
    longer = session_of(assume(key, 'deploy', 7200)).client('iam')
    clock(advanceSeconds=3600)
    error = refused('ExpiredToken', 403, usual.list_users)
    equal(error.response['Error']['Message'], 'The security token included in the request is expired')
    longer.list_users()
    session_of(assume(key, 'deploy')).client('iam').list_users()
    clock(advanceSeconds=3600)
    refused('ExpiredToken', 403, longer.list_users)


def revocation():
    key = user_with_roles('deploy', 'other')
    leaked = session_of(assume(key, 'deploy'))
    other = session_of(assume(key, 'other'))
    clock(advanceSeconds=60)
    before = datetime.now(timezone.utc) + timedelta(seconds=30)
    revoke = document(
        Effect='Deny', Action=['*'], Resource=['*'],
        Condition={'DateLessThan': {'aws:TokenIssueTime': before.isoformat(timespec='milliseconds')}},
    )
    iam = boto3.client('iam')
    iam.put_role_policy(
        RoleName='deploy', PolicyName='AWSRevokeOlderSessions', PolicyDocument=revoke
    )
    error = refused('AccessDenied', 403, leaked.client('iam').list_users)
    assert 'with an explicit deny in an identity-based policy' in str(error), error
    leaked.client('sts').get_caller_identity()
    other.client('iam').list_users()
    session_of(assume(key, 'deploy')).client('iam').list_users()
    iam.delete_role_policy(RoleName='deploy', PolicyName='AWSRevokeOlderSessions')
    leaked.client('iam').list_users()


run({'live-policy': live_policy, 'expiry': expiry, 'revocation': revocation})
