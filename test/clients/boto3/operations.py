"""Every operation that is built, called as boto3 calls it. The calls and what they answer are given as an argument."""

import json
import re
import sys
from urllib.parse import unquote

import boto3
from botocore import xform_name
from botocore.exceptions import ClientError

from service import ACCOUNT, allow, assume, equal, recent, refused, role_arn, run, session_of
from service import trust, user_arn

called = set()


def noted(client):
    client.meta.events.register(
        'before-call', lambda model, **_: called.add(model.name), unique_id='note'
    )
    return client


def holds(actual, expected, where):
    """Every member that is expected is there; a policy document was decoded by boto3."""
    if isinstance(actual, dict) and isinstance(expected, str):
        equal(actual, json.loads(unquote(expected)))
    elif isinstance(expected, dict):
        for name, value in expected.items():
            assert name in actual, f'{where}.{name} is missing from {actual}'
            holds(actual[name], value, f'{where}.{name}')
    elif isinstance(expected, list):
        assert len(actual) == len(expected), f'{where}: {actual} is not {expected}'
        for at, value in enumerate(expected):
            holds(actual[at], value, f'{where}[{at}]')
    else:
        assert actual == expected, f'{where}: {actual!r} is not {expected!r}'


def iam():
    given = json.loads(sys.argv[2])
    client = noted(boto3.client('iam'))
    for operation, parameters, *expected in given['calls']:
        [wanted] = expected or [{}]
        try:
            answer = getattr(client, xform_name(operation))(**parameters)
        except ClientError as error:
            equal(f'{type(error).__name__}: {error.response["Error"]["Message"]}', wanted)
        else:
            assert isinstance(wanted, dict), f'{operation} was not refused'
            holds(answer, wanted, operation)
    access_key(client)
    linked_role(client)
    equal(sorted(called), given['built'])


def access_key(client):
    key = client.create_access_key(UserName='ada')['AccessKey']['AccessKeyId']
    client.update_access_key(UserName='ada', AccessKeyId=key, Status='Inactive')
    used = client.get_access_key_last_used(AccessKeyId=key)
    equal((used['UserName'], used['AccessKeyLastUsed']['ServiceName']), ('ada', 'N/A'))
    assert 'LastUsedDate' not in used['AccessKeyLastUsed'], used
    client.delete_access_key(UserName='ada', AccessKeyId=key)


def linked_role(client):
    role = client.create_service_linked_role(
        AWSServiceName='autoscaling.amazonaws.com', CustomSuffix='python'
    )['Role']
    task = client.delete_service_linked_role(RoleName=role['RoleName'])['DeletionTaskId']
    status = client.get_service_linked_role_deletion_status(DeletionTaskId=task)
    equal(status['Status'], 'SUCCEEDED')


def sts():
    given = json.loads(sys.argv[2])
    client = boto3.client('iam')
    user = client.create_user(UserName='ada')['User']
    client.put_user_policy(UserName='ada', PolicyName='sts', PolicyDocument=allow('sts:*'))
    key = client.create_access_key(UserName='ada')['AccessKey']
    client.create_role(
        RoleName='deploy',
        AssumeRolePolicyDocument=trust(user_arn('ada')).replace(
            '"sts:AssumeRole"', '["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]'
        ),
    )
    client.create_policy(PolicyName='read', PolicyDocument=allow('iam:Get*'))

    ada = noted(session_of(key).client('sts'))
    assumed = ada.assume_role(
        RoleArn=role_arn('deploy'),
        RoleSessionName='one',
        Policy=allow(['iam:List*', 'sts:*']),
        PolicyArns=[{'arn': f'arn:aws:iam::{ACCOUNT}:policy/read'}],
        Tags=[{'Key': 'équipe', 'Value': 'bleu et vert'}, {'Key': 'team', 'Value': ''}],
        TransitiveTagKeys=['team'],
        SourceIdentity='ada@example.com',
    )
    equal(assumed['SourceIdentity'], 'ada@example.com')
    assert 0 < assumed['PackedPolicySize'] <= 100, assumed['PackedPolicySize']
    assert re.match('ASIA[A-Z2-7]{16}$', assumed['Credentials']['AccessKeyId']), assumed

    token = ada.get_session_token(DurationSeconds=900)['Credentials']
    equal(session_of(token).client('sts').get_caller_identity()['Arn'], user_arn('ada'))
    guest = ada.get_federation_token(Name='bob', Policy=allow('sts:*'))
    equal(
        guest['FederatedUser'],
        {
            'FederatedUserId': f'{ACCOUNT}:bob',
            'Arn': f'arn:aws:sts::{ACCOUNT}:federated-user/bob',
        },
    )
    equal(ada.get_access_key_info(AccessKeyId=token['AccessKeyId'])['Account'], ACCOUNT)
    equal(ada.get_caller_identity()['UserId'], user['UserId'])
    error = refused(
        'InvalidAuthorizationMessageException', 400,
        ada.decode_authorization_message, EncodedMessage='forged-message',
    )
    assert isinstance(error, ada.exceptions.InvalidAuthorizationMessageException), error
    denied = refused('AccessDenied', 403, session_of(key).client('iam').list_users)
    headers = denied.response['ResponseMetadata']['HTTPHeaders']
    decoded = ada.decode_authorization_message(
        EncodedMessage=headers['x-watchword-encoded-message']
    )['DecodedMessage']
    equal(json.loads(decoded)['allowed'], False)
    equal(sorted(called), given['built'])


def times():
    """Every time stamp of every shape is read as one."""
    client = boto3.client('iam')
    client.create_user(UserName='ada')
    key = client.create_access_key(UserName='ada')['AccessKey']
    client.create_group(GroupName='devs')
    client.create_role(RoleName='app', AssumeRolePolicyDocument=trust(user_arn('ada')))
    client.create_instance_profile(InstanceProfileName='app')
    arn = client.create_policy(PolicyName='read', PolicyDocument=allow('iam:Get*'))['Policy']['Arn']
    session_of(key).client('sts').get_caller_identity()
    session_of(assume(key, 'app')).client('sts').get_caller_identity()

    for moment in (
        key['CreateDate'],
        client.get_user(UserName='ada')['User']['CreateDate'],
        client.get_group(GroupName='devs')['Group']['CreateDate'],
        client.get_role(RoleName='app')['Role']['CreateDate'],
        client.get_role(RoleName='app')['Role']['RoleLastUsed']['LastUsedDate'],
        client.get_instance_profile(InstanceProfileName='app')['InstanceProfile']['CreateDate'],
        client.get_policy(PolicyArn=arn)['Policy']['UpdateDate'],
        client.get_policy_version(PolicyArn=arn, VersionId='v1')['PolicyVersion']['CreateDate'],
        client.list_access_keys(UserName='ada')['AccessKeyMetadata'][0]['CreateDate'],
        client.get_access_key_last_used(AccessKeyId=key['AccessKeyId'])['AccessKeyLastUsed'][
            'LastUsedDate'
        ],
    ):
        recent(moment)


run({'iam': iam, 'sts': sts, 'times': times})
