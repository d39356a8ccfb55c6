# A stack of its own: providers that assume a role, and a second role by the first.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-central-1"
  assume_role {
    role_arn            = "arn:aws:iam::123456789012:role/ci/deploy"
    session_name        = "terraform"
    external_id         = "partner:42"
    duration            = "45m"
    source_identity     = "ada"
    tags                = { project = "blue and green" }
    transitive_tag_keys = ["project"]
    policy_arns         = ["arn:aws:iam::aws:policy/IAMFullAccess"]
  }
}

provider "aws" {
  alias               = "chained"
  allowed_account_ids = ["123456789012"]
  assume_role {
    role_arn     = "arn:aws:iam::123456789012:role/ci/deploy"
    session_name = "first"
    external_id  = "partner:42"
  }
  assume_role {
    role_arn     = "arn:aws:iam::123456789012:role/inner"
    session_name = "second"
  }
}

data "aws_caller_identity" "deploy" {}

data "aws_caller_identity" "chained" {
  provider = aws.chained
}

data "aws_iam_session_context" "deploy" {
  arn = data.aws_caller_identity.deploy.arn
}

resource "aws_iam_user" "many" {
  for_each = toset([for number in range(20) : "user-${number}"])
  name     = each.key
}

output "callers" {
  value = [
    data.aws_caller_identity.deploy.arn,
    data.aws_caller_identity.chained.arn,
    data.aws_iam_session_context.deploy.issuer_arn,
  ]
}
