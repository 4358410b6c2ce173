/** The Python module by which the tools of the database reach the artifact bucket. */
import { text } from '../../bash/bash-template.ts';

/** Its name as a module. */
export const bucketModule = 'dojang_bucket';

/**
 * Encrypted at rest, and checked twice: the bucket compares what arrives with its SHA-256, and what
 * is read back is compared with the one that was written down.
 */
export const bucketProgram = text`
  """Files in the artifact bucket, each with its SHA-256."""
  import contextlib
  import gzip
  import hashlib
  import json
  import os
  import zlib

  import boto3
  from botocore.config import Config
  from botocore.exceptions import BotoCoreError, ClientError
  from boto3.exceptions import Boto3Error

  from dojang_database import CHUNK, SETTINGS, Failure

  BUCKET = SETTINGS["bucket"]
  ENCRYPTED = {"ServerSideEncryption": "AES256", "ChecksumAlgorithm": "SHA256"}


  @contextlib.contextmanager
  def bucket():
      """A client of S3; what it can't do is one sentence."""
      try:
          yield boto3.client(
              "s3",
              region_name=SETTINGS["region"],
              endpoint_url=os.environ.get("AWS_ENDPOINT_URL"),
              config=Config(connect_timeout=5, read_timeout=60, retries={"max_attempts": 4, "mode": "standard"}),
          )
      except (BotoCoreError, Boto3Error, ClientError) as error:
          raise Failure(f"the bucket {BUCKET} can't be used: {error}") from error


  def put_file(path, key, sha256):
      with bucket() as client:
          client.upload_file(path, BUCKET, key, ExtraArgs={**ENCRYPTED, "Metadata": {"sha256": sha256}})
          stored = client.head_object(Bucket=BUCKET, Key=key)["ContentLength"]
      if stored != os.path.getsize(path):
          raise Failure(f"{key} has {stored} bytes in the bucket, not {os.path.getsize(path)}")


  def put_text(key, content):
      with bucket() as client:
          client.put_object(Bucket=BUCKET, Key=key, Body=content.encode(), ContentType="application/json", **ENCRYPTED)


  def keys_below(prefix):
      with bucket() as client:
          pages = client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix)
          return [each["Key"] for page in pages for each in page.get("Contents", [])]


  def read_json(key):
      with bucket() as client:
          return json.loads(client.get_object(Bucket=BUCKET, Key=key)["Body"].read())


  def remove(keys):
      with bucket() as client:
          for key in keys:
              client.delete_object(Bucket=BUCKET, Key=key)


  def fetch(key, path, sha256):
      """Refuses what is not, to the last byte, what was stored."""
      download(key, path)
      actual = sha256_of(path)
      if actual != sha256:
          os.remove(path)
          raise Failure(f"{key} is damaged: its SHA-256 is {actual}, not {sha256}")


  def download(key, path):
      with bucket() as client:
          client.download_file(BUCKET, key, path)


  def sha256_of(path):
      hashing = hashlib.sha256()
      with open(path, "rb") as file:
          while chunk := file.read(CHUNK):
              hashing.update(chunk)
      return hashing.hexdigest()


  def unpack(path, target, sha256):
      """A compressed file whose SHA-256 is that of its contents."""
      hashing = hashlib.sha256()
      try:
          with gzip.open(path, "rb") as packed, open(target, "wb") as file:
              while chunk := packed.read(CHUNK):
                  hashing.update(chunk)
                  file.write(chunk)
      except (EOFError, gzip.BadGzipFile, zlib.error) as error:
          raise Failure(f"{os.path.basename(target)} is damaged: {error}") from error
      if hashing.hexdigest() != sha256:
          raise Failure(f"{os.path.basename(target)} is damaged: its SHA-256 is {hashing.hexdigest()}, not {sha256}")
`;
