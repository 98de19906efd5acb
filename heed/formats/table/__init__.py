"""Any table, CSV or workbook, that a mapping file explains."""
