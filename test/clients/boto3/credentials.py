"""Where clients take credentials and endpoints from: profiles, presigned URLs, regions."""

import json
import os
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.credentials import AssumeRoleCredentialFetcher, DeferredRefreshableCredentials
from botocore.session import Session

from service import (
    ACCOUNT, ENDPOINT, allow, assume, equal, refused, role_arn, run, session_of, trust, user_arn,
    user_with_roles,
)


def profiles():
    """A profile that assumes a role, and one that assumes another by it, as in ~/.aws/config."""
    iam = boto3.client('iam')
    key = user_with_roles()
    external = {'Condition': {'StringEquals': {'sts:ExternalId': 'partner:42'}}}
    iam.create_role(
        RoleName='deploy', MaxSessionDuration=7200,
        AssumeRolePolicyDocument=trust(user_arn('ada'), **external),
    )
    iam.put_role_policy(RoleName='deploy', PolicyName='sts', PolicyDocument=allow('sts:AssumeRole'))
    iam.create_role(RoleName='inner', AssumeRolePolicyDocument=trust(role_arn('deploy')))
    with tempfile.TemporaryDirectory() as folder:
        write_profiles(Path(folder), key)
        check_profiles()


def write_profiles(folder, key):
    (folder / 'credentials').write_text(
        f'[ada]\naws_access_key_id = {key["AccessKeyId"]}\n'
        f'aws_secret_access_key = {key["SecretAccessKey"]}\n'
    )
    (folder / 'config').write_text(
        f'''
[services watchword]
sts =
  endpoint_url = {ENDPOINT}
iam =
  endpoint_url = {ENDPOINT}

[profile deploy]
region = eu-central-1
services = watchword
source_profile = ada
role_arn = {role_arn("deploy")}
role_session_name = by-profile
external_id = partner:42
duration_seconds = 900

[profile inner]
region = us-west-2
services = watchword
source_profile = deploy
role_arn = {role_arn("inner")}
role_session_name = chained

[profile stranger]
services = watchword
source_profile = ada
role_arn = {role_arn("deploy")}
''',
    )
    os.environ['AWS_CONFIG_FILE'] = str(folder / 'config')
    os.environ['AWS_SHARED_CREDENTIALS_FILE'] = str(folder / 'credentials')
    # The profiles alone must be enough.
    for name in ('ENDPOINT_URL', 'REGION', 'DEFAULT_REGION', 'ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'):
        os.environ.pop(f'AWS_{name}', None)


def check_profiles():
    deploy = boto3.Session(profile_name='deploy')
    sts = deploy.client('sts')
    equal(sts.meta.region_name, 'eu-central-1')
    arn = f'arn:aws:sts::{ACCOUNT}:assumed-role'
    equal(sts.get_caller_identity()['Arn'], f'{arn}/deploy/by-profile')
    inner = boto3.Session(profile_name='inner')
    equal(inner.client('sts').get_caller_identity()['Arn'], f'{arn}/inner/chained')
    stranger = boto3.Session(profile_name='stranger', region_name='us-east-1')
    refused('AccessDenied', 403, stranger.client('sts').get_caller_identity)

    # Credentials of 15 minutes are due for renewal at each use.
    credentials = deploy.get_credentials()
    equal(credentials.method, 'assume-role')
    first = credentials.get_frozen_credentials()
    second = credentials.get_frozen_credentials()
    assert first.access_key != second.access_key, first.access_key
    equal(sts.get_caller_identity()['Arn'], f'{arn}/deploy/by-profile')


def fetcher():
    """The fetcher that tools build by hand."""
    key = user_with_roles('deploy')
    source = session_of(key).get_credentials()
    made = Session()
    credentials = DeferredRefreshableCredentials(
        method='assume-role',
        refresh_using=AssumeRoleCredentialFetcher(
            client_creator=made.create_client,
            source_credentials=source,
            role_arn=role_arn('deploy'),
            extra_args={'RoleSessionName': 'fetched', 'DurationSeconds': 900},
        ).fetch_credentials,
    )
    made._credentials = credentials
    session = boto3.Session(botocore_session=made)
    users = session.client('iam').list_users()['Users']
    equal([user['UserName'] for user in users], ['ada'])
    assert credentials.get_frozen_credentials().token, credentials


def fetch(url, data=None, **headers):
    """A presigned URL as any program fetches it: status, content type, body."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers)) as answer:
            return answer.status, answer.headers['Content-Type'], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers['Content-Type'], error.read().decode()


def presigned():
    key = user_with_roles('deploy')
    arn = f'arn:aws:sts::{ACCOUNT}:assumed-role/deploy/first'
    for region in ('us-east-1', 'eu-central-1'):
        sts = session_of(assume(key, 'deploy')).client('sts', region_name=region)
        url = sts.generate_presigned_url('get_caller_identity', ExpiresIn=60, HttpMethod='GET')
        status, kind, body = fetch(url)
        equal((status, kind), (200, 'text/xml'))
        assert f'<Arn>{arn}</Arn>' in body, body
        status, kind, body = fetch(url, Accept='application/json')
        equal((status, kind), (200, 'application/json'))
        result = json.loads(body)['GetCallerIdentityResponse']['GetCallerIdentityResult']
        equal(result['Arn'], arn)
        status, _, body = fetch(url.replace('GetCallerIdentity', 'GetSessionToken'))
        equal(status, 403)
        assert '<Code>SignatureDoesNotMatch</Code>' in body, body

    # EKS and Vault sign a header of their own into such a URL.
    sts.meta.events.register(
        'before-sign.sts.GetCallerIdentity',
        lambda request, **_: request.headers.add_header('x-k8s-aws-id', 'cluster'),
    )
    url = sts.generate_presigned_url('get_caller_identity', ExpiresIn=60, HttpMethod='GET')
    assert 'x-k8s-aws-id' in url, url
    equal(fetch(url, **{'x-k8s-aws-id': 'cluster'})[0], 200)
    equal(fetch(url, **{'x-k8s-aws-id': 'other'})[0], 403)
    equal(fetch(url)[0], 403)

    # Left to itself boto3 signs a POST.
    users = boto3.client('iam').generate_presigned_url('list_users', Params={'PathPrefix': '/'})
    equal(fetch(users)[0], 403)
    status, _, body = fetch(users, b'')
    equal(status, 200)
    assert '<UserName>ada</UserName>' in body, body


def regions():
    """One endpoint serves the clients of every region, whatever they think of endpoints."""
    key = user_with_roles('deploy')
    session = session_of(key)
    for region in ('us-east-1', 'eu-central-1', 'ap-southeast-4', 'us-gov-west-1', 'cn-north-1'):
        for mode in ('regional', 'legacy'):
            os.environ['AWS_STS_REGIONAL_ENDPOINTS'] = mode
            sts = session_of(key).client('sts', region_name=region)
            equal(sts.get_caller_identity()['Arn'], user_arn('ada'))
            given = sts.assume_role(RoleArn=role_arn('deploy'), RoleSessionName=region)
            # What one region issued holds in all.
            iam = session_of(given['Credentials']).client('iam', region_name='sa-east-1')
            equal(len(iam.list_users()['Users']), 1)
    for options in ({'retries': {'mode': 'standard'}}, {'retries': {'mode': 'adaptive'}}):
        session.client('sts', config=Config(**options)).get_caller_identity()
    aws_global = session.client('iam', region_name='aws-global')
    refused('AccessDenied', 403, aws_global.list_users)


run({'profiles': profiles, 'fetcher': fetcher, 'presigned': presigned, 'regions': regions})
