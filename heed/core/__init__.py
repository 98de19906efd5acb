"""The rules of Heed as plain functions on plain values: no framework, no engine, no files, no clock."""
