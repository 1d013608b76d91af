/**
 * Strict reading of YAML files: every problem of a file is collected and reported with its place;
 * {@link YamlFile} is the entry point.
 */
package dev.presage.local.yaml;
