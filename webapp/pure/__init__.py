"""Rules and engines without Flask and without SQL: values in, values out."""
