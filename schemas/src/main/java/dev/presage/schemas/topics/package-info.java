/**
 * The topics of the contract: their names, schemas and settings, and a reader of compacted ones.
 */
package dev.presage.schemas.topics;
