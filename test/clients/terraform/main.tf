terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "step" {
  type    = number
  default = 1
}

provider "aws" {
  default_tags {
    tags = {
      stack = "clients"
      owner = local.changed ? "platform team" : "ops team"
    }
  }
}

locals {
  changed = var.step > 1
}

data "aws_caller_identity" "me" {}

data "aws_partition" "current" {}

resource "aws_iam_account_alias" "main" {
  account_alias = local.changed ? "watchword-two" : "watchword-one"
}

resource "aws_iam_security_token_service_preferences" "main" {
  global_endpoint_token_version = local.changed ? "v1Token" : "v2Token"
}
