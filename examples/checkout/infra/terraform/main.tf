terraform {
  required_version = ">= 1.6"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.70"
    }
  }

  backend "s3" {
    bucket         = "shop-terraform-state"
    key            = "checkout/terraform.tfstate"
    region         = "eu-west-1"
    encrypt        = true
    dynamodb_table = "shop-terraform-locks"
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      service = "checkout"
      team    = "platform"
    }
  }
}

resource "aws_kms_key" "shop" {
  description             = "Data of the checkout service"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}
