"""What every script here shares. Clients find the service and their keys by the environment alone, as a user's would."""

import json
import os
import sys
import urllib.request
from datetime import datetime, timezone

import boto3
from botocore.exceptions import ClientError

ACCOUNT = '123456789012'
ENDPOINT = os.environ['AWS_ENDPOINT_URL']


def user_arn(name):
    return f'arn:aws:iam::{ACCOUNT}:user/{name}'


def role_arn(name):
    return f'arn:aws:iam::{ACCOUNT}:role/{name}'


def policy_arn(name):
    return f'arn:aws:iam::{ACCOUNT}:policy/{name}'


def document(**statement):
    return json.dumps({'Version': '2012-10-17', 'Statement': [statement]})


def allow(action, resource='*'):
    return document(Effect='Allow', Action=action, Resource=resource)


def trust(arn, **rest):
    return document(Effect='Allow', Action='sts:AssumeRole', Principal={'AWS': arn}, **rest)


def clock(**wish):
    """Moves the clock of the development service."""
    urllib.request.urlopen(f'{ENDPOINT}/_watchword/clock', json.dumps(wish).encode()).close()


def session_of(credentials):
    """A session that signs with an access key or with temporary credentials, as the service handed them out."""
    return boto3.Session(
        aws_access_key_id=credentials['AccessKeyId'],
        aws_secret_access_key=credentials['SecretAccessKey'],
        aws_session_token=credentials.get('SessionToken'),
    )


def user_with_roles(*roles):
    """The key of user `ada`, who is trusted by roles that may list users."""
    iam = boto3.client('iam')
    iam.create_user(UserName='ada')
    for name in roles:
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(user_arn('ada')))
        iam.put_role_policy(
            RoleName=name, PolicyName='list', PolicyDocument=allow('iam:ListUsers')
        )
    return iam.create_access_key(UserName='ada')['AccessKey']


def assume(key, role, seconds=3600, **more):
    answer = session_of(key).client('sts').assume_role(
        RoleArn=role_arn(role), RoleSessionName='first', DurationSeconds=seconds, **more
    )
    return answer['Credentials']


def refused(code, status, call, *args, **kwargs):
    """The error that the call must end in, with that code and HTTP status."""
    try:
        answer = call(*args, **kwargs)
    except ClientError as error:
        seen = (error.response['Error']['Code'], error.response['ResponseMetadata']['HTTPStatusCode'])
        assert seen == (code, status), f'{seen}: {error}'
        assert error.response['ResponseMetadata']['RequestId'], error.response
        return error
    raise AssertionError(f'not refused: {answer}')


def equal(actual, expected):
    assert actual == expected, f'\n  actual   {actual!r}\n  expected {expected!r}'


def recent(moment):
    """Time stamps are read as aware datetimes of about now."""
    assert isinstance(moment, datetime) and moment.tzinfo is not None, repr(moment)
    seconds = abs((datetime.now(timezone.utc) - moment).total_seconds())
    assert seconds < 300, f'{moment} is {seconds} seconds away'


def run(scenarios):
    """Runs the scenario that the command line names."""
    scenarios[sys.argv[1]]()
