/**
 * Strict reading of files and requests in YAML or JSON: every problem of a file is collected and
 * reported with its place; {@link YamlFile} is the entry point.
 */
package dev.presage.schemas.yaml;
