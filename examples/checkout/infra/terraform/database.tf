resource "aws_db_subnet_group" "private" {
  name       = "checkout-private"
  subnet_ids = var.private_subnet_ids
}

resource "aws_db_subnet_group" "public" {
  name       = "checkout-public"
  subnet_ids = var.public_subnet_ids
}

resource "aws_db_instance" "orders" {
  identifier                          = "checkout-orders"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.t4g.medium"
  allocated_storage                   = 50
  username                            = "checkout"
  password                            = var.database_password
  db_subnet_group_name                = aws_db_subnet_group.private.name
  vpc_security_group_ids              = [aws_security_group.database.id]
  publicly_accessible                 = false
  storage_encrypted                   = true
  kms_key_id                          = aws_kms_key.shop.arn
  multi_az                            = true
  backup_retention_period             = 14
  deletion_protection                 = true
  auto_minor_version_upgrade          = true
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.shop.arn
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
}

resource "aws_db_instance" "reporting" {
  identifier                          = "checkout-reporting"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.t4g.medium"
  allocated_storage                   = 100
  username                            = "reporting"
  password                            = var.database_password
  db_subnet_group_name                = aws_db_subnet_group.public.name
  vpc_security_group_ids              = [aws_security_group.reporting.id]
  publicly_accessible                 = true
  storage_encrypted                   = false
  multi_az                            = true
  backup_retention_period             = 7
  deletion_protection                 = true
  auto_minor_version_upgrade          = true
  copy_tags_to_snapshot               = true
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
}
