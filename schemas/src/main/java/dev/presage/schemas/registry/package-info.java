/** Client of a Confluent-compatible schema registry; start at {@link SchemaRegistry#connect}. */
package dev.presage.schemas.registry;
